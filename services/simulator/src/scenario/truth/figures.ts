import {
  type Alert,
  addDays,
  type Day,
  type Days,
  dayOf,
  daysBetween,
  daysOf,
  startOf,
} from '@tocsin/domain';
import type { Calendar } from '../calendar.ts';
import { createCauses } from '../causes.ts';
import type { Meaning, Meanings } from '../meanings.ts';
import type { Scenario } from '../schema.ts';
import { KINDS } from '../schema-fields.ts';
import type { Stream } from '../streams.ts';
import type { Tally, Volume } from '../tally.ts';
import { FAULT, hasGas, type World } from '../world.ts';
import type { Drawn, Value } from './drawn.ts';
import { endedAlerts } from './ended.ts';
import { pilot } from './pilot.ts';
import { unauthorisedAccess } from './unauthorised-access.ts';
import { highestDays, installations, powerFactor, stoppableNow } from './volumes.ts';

export interface FigureOptions {
  readonly world: World;
  readonly calendar: Calendar;
  readonly streams: readonly Stream[];
  readonly meanings: Meanings;
  readonly tally: Tally;
  readonly scenario: Scenario;
  readonly scale: number;
  readonly seed: number;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly population?: string | undefined;
}

/** What was drawn, counted as it was drawn: `report` by the ids of the report's measures, and all by meaning. */
export interface TruthFile {
  readonly scenario: string;
  readonly scale: number;
  readonly seed: number;
  readonly population: string | null;
  readonly from: Day;
  readonly to: Day;
  readonly devices: number;
  readonly produced: number;
  readonly accepted: Volume;
  readonly duplicates: number;
  readonly rejected: Tally['rejected'];
  readonly lost: Volume;
  readonly report: Readonly<Record<string, Value>>;
  readonly meanings: readonly (Meaning & Volume)[];
}

export interface Figures {
  /** Hours of the calendar whose alerts are told. */
  readonly span: { readonly firstHour: number; readonly lastHour: number };
  readonly devices: number;
  /** Told of every alert that will be accepted; `home` is -1 for a device that no inventory knows. */
  witness(stream: Stream | null, home: number, alert: Alert): void;
  truth(): TruthFile;
}

/** Of a gap that ends at midnight the next day is whole. */
const lastDayOf = (to: string): Day =>
  to.endsWith('T00:00') ? addDays(to.slice(0, 10), -1) : to.slice(0, 10);

const MET = ['mismatch', 'none'] as const;

export function createFigures(options: FigureOptions): Figures {
  const { world, calendar, streams, meanings, tally, scale, seed, population } = options;
  const { scenario } = world;
  const { figures, calendar: whole } = scenario;
  const { from = whole.first, to = whole.last } = options;
  const index = (day: Day) => daysBetween(whole.first, day);
  const lost = new Set(
    scenario.arrival.gaps.flatMap((gap) => daysOf({ first: gap.from.slice(0, 10), last: lastDayOf(gap.to) })),
  );
  const complete = (days: Days) => daysOf(days).filter((day) => !lost.has(day));
  const told = ({ first, last }: Days) => first >= from && last <= to;
  const credentialDevices = { mismatch: new Set<number>(), none: new Set<number>() };
  const credentialWindow = figures.credentials?.window;
  const [credentialsFrom, credentialsTo] = credentialWindow
    ? [startOf(credentialWindow.first), startOf(addDays(credentialWindow.last, 1))]
    : [0, 0];

  function sum(days: readonly Day[], keep: (meaning: Meaning) => boolean): number {
    let alerts = 0;
    meanings.list.forEach((meaning, i) => {
      if (keep(meaning)) for (const day of days) alerts += tally.of(index(day), i).alerts;
    });
    return alerts;
  }

  const mean = (days: readonly Day[], keep: (meaning: Meaning) => boolean): number =>
    sum(days, keep) / days.length;

  function credentials(): Record<string, Value> {
    if (!credentialWindow || !told(credentialWindow)) return {};
    const days = complete(credentialWindow);
    const values: Record<string, Value> = {};
    const tell = (name: string, reasons: readonly string[], devices: number) => {
      const alerts = sum(days, ({ reason }) => reasons.includes(reason));
      values[`credentials.${name}devices`] = devices;
      values[`credentials.${name}alerts`] = alerts;
      values[`credentials.${name}alerts-a-day`] = alerts / days.length;
    };
    const { mismatch, none } = credentialDevices;
    tell('', ['credential-mismatch', 'no-party'], mismatch.size + none.size);
    tell('mismatch-', ['credential-mismatch'], mismatch.size);
    tell('none-', ['no-party'], none.size);
    return values;
  }

  const drawn: Drawn = {
    ...{ world, from, to, lost, told, complete, sum, mean },
    meanings: meanings.list,
    ended: endedAlerts(calendar, streams, createCauses(world, streams)),
  };
  const end = startOf(addDays(to, 1)) / 1000;
  let devices = 0;
  for (let home = 0; home < world.homes; home++)
    if (world.installedAt[home]! < end) devices += hasGas(world, home) ? 4 : 3;
  return {
    span: {
      firstHour: calendar.firstHour[index(from)]!,
      lastHour: calendar.firstHour[index(to) + 1]!,
    },
    devices,
    witness(stream, home, { receivedAt }) {
      if (stream === null || receivedAt < credentialsFrom || receivedAt >= credentialsTo) return;
      if (stream.process.to !== 'operator' || stream.process.verdict !== 'party') return;
      const fault = world.operatorFault[home]!;
      if (fault === FAULT.none || lost.has(dayOf(receivedAt))) return;
      credentialDevices[MET[fault - 1]!].add(home * KINDS.length + stream.kind);
    },
    truth: () => ({
      scenario: scenario.name,
      scale,
      seed,
      population: population ?? null,
      from,
      to,
      devices,
      produced: tally.produced,
      accepted: tally.accepted,
      duplicates: tally.duplicates,
      rejected: tally.rejected,
      lost: tally.lost,
      report: {
        ...unauthorisedAccess(drawn),
        ...pilot(drawn),
        ...installations(drawn),
        ...powerFactor(drawn),
        ...credentials(),
        ...highestDays(drawn),
        ...stoppableNow(drawn),
      },
      meanings: meanings.list.map((meaning, i) => {
        const volume = { alerts: 0, messages: 0 };
        for (let day = 0; day < tally.days; day++) {
          const { alerts, messages } = tally.of(day, i);
          volume.alerts += alerts;
          volume.messages += messages;
        }
        return { ...meaning, ...volume };
      }),
    }),
  };
}
