import { ALL, QUESTIONS } from '@tocsin/answers';
import type { Draw } from '../draw.ts';
import { drawOf } from '../draw.ts';
import { shareRow, type Trial } from '../trial.ts';
import { CODE, type DayCount, type Device, dateOf, idText, MODEL, moment, writeWorld } from '../world.ts';

const DAYS = 20;
const DEVICES = 100;
const HOUR = 3600;

interface Found {
  /** Whether exactly the devices that are blocked were told, with phase, reason and whether it is because of the HAN. */
  devices: boolean;
  /** Whether their alerts were. */
  alerts: boolean;
}

interface Told {
  devices: { device: string; phase: string; reason: string; han: boolean }[];
  alerts: { all: number; blocked: number; han: number };
}

const question = QUESTIONS.find(({ name }) => name === 'blocked')!;

/** Devices to which firmware is sent, again and again: some get it, some don't. */
export const blocked: Trial<Found> = {
  name: 'blocked',
  together: 1,
  // A hundred devices each, of which none may be told wrongly.
  ciSeeds: 20,
  async run(store, [seed]) {
    const draw = drawOf(seed!, 'blocked');
    const drawn = Array.from({ length: DEVICES }, (_, i) => drawDevice(draw, i));
    const counts: DayCount[] = drawn.flatMap(({ device }) =>
      Array.from({ length: DAYS }, (_, day) => ({
        day,
        device,
        code: CODE,
        alerts: draw.overdispersed(2, 2),
      })),
    );
    await writeWorld(
      store,
      drawn.map(({ device }) => device),
      counts,
      { begins: 0 },
    );
    const asked = question.asked.parse({ from: dateOf(0), to: dateOf(DAYS) });
    const told = (await question.answer(store, asked, ALL)) as Told;
    const truth = drawn.flatMap(({ device, blocked }) =>
      blocked === null ? [] : [{ device: idText(device.id), ...blocked }],
    );
    const texts = (list: Told['devices']) =>
      list.map(({ device, phase, reason, han }) => [device, phase, reason, han].join()).sort();
    const alertsOf = (ids: ReadonlySet<string>) =>
      counts.reduce((sum, { device, alerts }) => sum + (ids.has(idText(device.id)) ? alerts : 0), 0);
    const expected = {
      all: alertsOf(new Set(drawn.map(({ device }) => idText(device.id)))),
      blocked: alertsOf(new Set(truth.map(({ device }) => device))),
      han: alertsOf(new Set(truth.filter(({ han }) => han).map(({ device }) => device))),
    };
    const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
    const { all, blocked, han } = told.alerts;
    return [
      {
        devices: same(texts(told.devices), texts(truth)),
        alerts: same({ all, blocked, han }, expected),
      },
    ];
  },
  rows: (outcomes) => [
    shareRow(
      {
        question: 'blocked',
        world: 'failures and repairs',
        measure: 'worlds told exactly, device by device',
      },
      outcomes.filter(({ devices }) => devices).length,
      outcomes.length,
      [1, 1],
    ),
    shareRow(
      { question: 'blocked', world: 'failures and repairs', measure: 'worlds with exactly their alerts' },
      outcomes.filter(({ alerts }) => alerts).length,
      outcomes.length,
      [1, 1],
    ),
  ],
};

interface Drawn {
  device: Device;
  blocked: { phase: string; reason: string; han: boolean } | null;
}

/** Up to four attempts, each a day or more after the one before: what the last of them leaves is what holds. */
function drawDevice(draw: Draw, i: number): Drawn {
  const history: { at: string; event: string; [column: string]: unknown }[] = [];
  let blocked: Drawn['blocked'] = null;
  for (
    let attempts = draw.below(5), day = 1 + draw.below(4);
    attempts > 0;
    attempts--, day += 1 + draw.below(3)
  ) {
    const at = (hour: number) => moment(day, hour * HOUR);
    const ends = draw.below(4);
    // The download fails; it succeeds, and no more comes; the activation fails; it succeeds.
    if (ends === 0) {
      const reason = draw.chance(0.5) ? 'han-unstable' : 'timeout';
      history.push({ at: at(2), event: 'firmware-failed', version: '2.0', phase: 'download', reason });
      blocked = { phase: 'download', reason, han: reason === 'han-unstable' };
      continue;
    }
    history.push({ at: at(2), event: 'firmware-downloaded', version: '2.0' });
    if (blocked?.phase === 'download') blocked = null;
    if (ends === 2) {
      history.push({
        at: at(4),
        event: 'firmware-failed',
        version: '2.0',
        phase: 'activation',
        reason: 'timeout',
      });
      blocked = { phase: 'activation', reason: 'timeout', han: false };
    }
    if (ends === 3) {
      history.push({ at: at(4), event: 'firmware-activated', version: '2.0', firmware: '2.0' });
      blocked = null;
    }
  }
  // The HAN's own state says as much as a reason does.
  if (draw.chance(0.1)) {
    history.push({ at: moment(DAYS - 2), event: 'han-state', han_state: 'unstable' });
    if (blocked !== null) blocked.han = true;
  }
  if (draw.chance(0.05)) {
    history.push({ at: moment(DAYS - 1), event: 'decommissioned' });
    blocked = null;
  }
  const id = 10 * (i + 1);
  return {
    device: { id, kind: 'ESME', model: MODEL, region: i % 2 === 0 ? 'North' : 'South', hub: id + 1, history },
    blocked,
  };
}
