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
import { FAULT, type World } from '../world.ts';
import { type Ended, endedAlerts } from './ended.ts';

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

type Value = number | string | null;

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

const MET = ['mismatch', 'none'] as const;

export function createFigures(options: FigureOptions): Figures {
  const { world, calendar, streams, meanings, tally, scale, seed, population } = options;
  const { scenario } = world;
  const { figures, calendar: whole } = scenario;
  const from = options.from && options.from > whole.first ? options.from : whole.first;
  const to = options.to && options.to < whole.last ? options.to : whole.last;
  const index = (day: Day) => daysBetween(whole.first, day);
  const lost = new Set(
    scenario.arrival.gaps.flatMap((gap) =>
      daysOf({ first: gap.from.slice(0, 10), last: gap.to.slice(0, 10) }),
    ),
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
  const share = (part: number, of: number): Value => (of === 0 ? null : part / of);

  function unauthorisedAccess(): Record<string, Value> {
    const never = { 'unauthorised-access.fall': null, 'unauthorised-access.together': null };
    if (!figures['unauthorised-access']) return never;
    const { firmware: id, days } = figures['unauthorised-access'];
    const number = scenario.firmware.findIndex((one) => one.id === id);
    const { at, failed } = world.taken[number]!;
    const times = at.filter((time, home) => time !== 0 && failed[home] === 0);
    if (times.length === 0) return never;
    const first = dayOf(times.reduce((one, other) => Math.min(one, other)) * 1000);
    const last = dayOf(times.reduce((one, other) => Math.max(one, other)) * 1000);
    const before = { first: addDays(first, -days), last: addDays(first, -1) };
    const after = { first: addDays(last, 1), last: addDays(last, days) };
    if (!told(before) || !told(after)) return {};
    const { codes } = scenario.firmware[number]!;
    const ofCode = ({ code }: Meaning) => codes.includes(code);
    // The weekday that one window lacks is left out of the other as well.
    const lacking = [...daysOf(before), ...daysOf(after)].filter((day) => lost.has(day)).map(weekdayOf);
    const paired = (window: Days) => daysOf(window).filter((day) => !lacking.includes(weekdayOf(day)));
    const [was, is] = [mean(paired(before), ofCode), mean(paired(after), ofCode)];
    const helped = (home: number) =>
      scenario.efforts.reduce((earliest, { code }, i) => {
        const time = codes.includes(code) ? world.helpedAt[i]![home]! : 0;
        return time === 0 ? earliest : Math.min(earliest, time);
      }, Number.POSITIVE_INFINITY);
    const activated = (home: number) =>
      at[home] !== 0 && failed[home] === 0 ? at[home]! : Number.POSITIVE_INFINITY;
    const end = startOf(addDays(after.last, 1)) / 1000;
    const byOwner = (ours: (home: number) => boolean) =>
      ended.over(codes, paired(after), (home) => Math.min(helped(home), activated(home)) < end && ours(home));
    const firmware = byOwner((home) => activated(home) <= helped(home));
    const users = byOwner((home) => helped(home) < activated(home));
    return {
      'unauthorised-access.before': was,
      'unauthorised-access.after': is,
      'unauthorised-access.fall': was - is,
      'unauthorised-access.firmware': firmware,
      'unauthorised-access.users': users,
      'unauthorised-access.together': firmware + users,
    };
  }

  function pilot(): Record<string, Value> {
    const never = { 'pilot.hubs': 0, 'pilot.fall': null, 'pilot.silent-share': null };
    if (!figures.pilot) return never;
    const { firmware: id, hold, days } = figures.pilot;
    const number = scenario.firmware.findIndex((one) => one.id === id);
    const asked = scenario.firmware[number]!;
    const { at, failed } = world.taken[number]!;
    const model = scenario.models.hub.findIndex((one) => one.model === asked.model);
    const end = startOf(hold) / 1000;
    const took = (home: number) => at[home] !== 0 && failed[home] === 0 && at[home]! < end;
    const all = Array.from({ length: world.homes }, (_, home) => home).filter(
      (home) => world.hubModel[home] === model && took(home),
    );
    if (all.length === 0) return never;
    const first = addDays(dayOf(all.reduce((one, home) => Math.min(one, at[home]!), end) * 1000), -days);
    if (!told({ first, last: addDays(hold, -1) })) return {};
    const since = startOf(first) / 1000;
    const hubs = all.filter((home) => world.installedAt[home]! < since);
    let control = 0;
    for (let home = 0; home < world.homes; home++)
      if (world.hubModel[home] === model && world.installedAt[home]! < since && !took(home)) control++;
    const silent = hubs.filter((home) => world.deafAt[home] !== 0 && world.deafAt[home]! < end);
    const of = new Set(hubs);
    const quiet = new Set(silent);
    const fall = (keep: (home: number) => boolean) =>
      ended.each(
        asked.codes,
        (home) => of.has(home) && keep(home),
        (home) => complete({ first: addDays(dayOf(at[home]! * 1000), 1), last: addDays(hold, -1) }),
      );
    return {
      'pilot.hubs': hubs.length,
      'pilot.control-hubs': control,
      'pilot.fall': fall(() => true),
      'pilot.fall-speaking':
        (fall((home) => !quiet.has(home)) * hubs.length) / Math.max(1, hubs.length - silent.length),
      'pilot.silent-hubs': silent.length,
      'pilot.silent-share': silent.length / hubs.length,
      'pilot.control-silent-hubs': 0,
    };
  }

  function installations(): Record<string, Value> {
    if (!figures.installations) return {};
    const { code, before, after } = figures.installations;
    if (!told(before) || !told(after)) return {};
    const installed = (days: Days) => {
      const [begin, end] = [startOf(days.first) / 1000, startOf(addDays(days.last, 1)) / 1000];
      let devices = 0;
      for (let home = 0; home < world.homes; home++) {
        const time = world.installedAt[home]!;
        if (time >= begin && time < end) devices += hasGas(world, home) ? 3 : 2;
      }
      return devices / daysOf(days).length;
    };
    const raised = (days: Days) => mean(complete(days), (meaning) => meaning.code === code);
    return {
      'installations.before': installed(before),
      'installations.after': installed(after),
      'installations.ratio': share(installed(after), installed(before)),
      'installations.alerts-before': raised(before),
      'installations.alerts-after': raised(after),
      'installations.alerts-ratio': share(raised(after), raised(before)),
    };
  }

  function powerFactor(): Record<string, Value> {
    if (!figures['power-factor']) return {};
    const { codes, window } = figures['power-factor'];
    if (!told(window)) return {};
    const days = complete(window);
    const of = (keep: (meaning: Meaning) => boolean) =>
      sum(days, (meaning) => codes.includes(meaning.code) && keep(meaning));
    const total = of(() => true);
    const unstoppable = ({ suppression }: Meaning) => suppression === 'unstoppable';
    const waiting = ({ remedy }: Meaning) => remedy !== 'none';
    const values: Record<string, Value> = {
      'power-factor.alerts': total,
      'power-factor.unstoppable-alerts': of(unstoppable),
      'power-factor.unstoppable-share': share(of(unstoppable), total),
      'power-factor.waiting-alerts': of(waiting),
      'power-factor.waiting-share': share(of(waiting), total),
    };
    const part = (kind: string, among: (meaning: Meaning) => boolean, key: (meaning: Meaning) => string) => {
      const keys = meanings.list.filter((one) => codes.includes(one.code) && among(one)).map(key);
      for (const name of new Set(keys)) {
        const alerts = of((meaning) => among(meaning) && key(meaning) === name);
        if (alerts === 0) continue;
        values[`power-factor.${kind}.${name}.alerts`] = alerts;
        values[`power-factor.${kind}.${name}.share`] = share(alerts, total);
      }
    };
    part('reason', unstoppable, ({ reason }) => reason);
    part('party', unstoppable, ({ responsibleParty }) => responsibleParty || 'none');
    part('remedy', waiting, ({ remedy, remedyReason }) => remedy + (remedyReason && `-${remedyReason}`));
    return values;
  }

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

  function highestDays(): Record<string, Value> {
    const totals = complete({ first: from, last: to }).map((day) => [day, sum([day], () => true)] as const);
    const highest = [...totals].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
    return Object.fromEntries(
      highest.slice(0, figures['highest-days']).flatMap(([day, alerts], i) => [
        [`highest-days.${i + 1}.day`, day],
        [`highest-days.${i + 1}.alerts`, alerts],
      ]),
    );
  }

  function stoppableNow(): Record<string, Value> {
    const days = complete({ first: from, last: to }).slice(-figures['stoppable-now']);
    const alerts = mean(days, () => true);
    const stoppable = mean(
      days,
      ({ suppression, remedy }) =>
        suppression === 'suppressible' ||
        (remedy === 'released' && suppression !== 'protected' && suppression !== 'unknown'),
    );
    return {
      'stoppable-now.alerts': alerts,
      'stoppable-now.stoppable': stoppable,
      'stoppable-now.share': share(stoppable, alerts),
    };
  }

  const end = startOf(addDays(to, 1)) / 1000;
  let devices = 0;
  for (let home = 0; home < world.homes; home++)
    if (world.installedAt[home]! < end) devices += hasGas(world, home) ? 4 : 3;
  const ended: Ended = endedAlerts(calendar, streams, createCauses(world, streams));
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
        ...unauthorisedAccess(),
        ...pilot(),
        ...installations(),
        ...powerFactor(),
        ...credentials(),
        ...highestDays(),
        ...stoppableNow(),
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

const weekdayOf = (day: Day): number => new Date(`${day}T12:00:00Z`).getUTCDay();
const hasGas = ({ gasModel }: World, home: number): boolean => gasModel[home] !== 255;
