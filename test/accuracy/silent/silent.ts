import { ALL, QUESTIONS } from '@tocsin/answers';
import type { Draw } from '../draw.ts';
import { drawOf } from '../draw.ts';
import { shareRow, type Trial } from '../trial.ts';
import { type DayCount, type Device, dateOf, idText, MODEL, OTHER, writeWorld } from '../world.ts';

const BEGINS = 28;
const STAGGER = 7;
const DAYS = BEGINS + STAGGER + 14;
const DAY = 86_400;
const ACTIVATED = 500;
const CONTROLS = 200;
/** Of the devices that take the firmware, those that are deafened by it: one of these shares for each seed. */
const SHARES = [0.001, 0.01, 0.05];

interface Heard {
  share: number;
  /** Devices that were deafened, those called silent, and those that were both. */
  deafened: number;
  called: number;
  both: number;
}

const question = QUESTIONS.find(({ name }) => name === 'silent')!;

/** Meters, 6 messages a day in the mean, of which some are never heard again from their activation on. */
export const silent: Trial<Heard> = {
  name: 'silent',
  together: 1,
  // Ten worlds of each share.
  ciSeeds: 30,
  async run(store, [seed]) {
    const share = SHARES[seed! % SHARES.length]!;
    const { devices, counts, deafened } = drawMeters(drawOf(seed!, 'silent'), share);
    await writeWorld(store, devices, counts, { begins: BEGINS });
    const asked = question.asked.parse({ rollout: 'simulated', to: dateOf(DAYS) });
    const told = (await question.answer(store, asked, ALL)) as { devices: { device: string }[] };
    const both = told.devices.filter(({ device }) => deafened.has(device)).length;
    return [{ share, deafened: deafened.size, called: told.devices.length, both }];
  },
  rows: (outcomes) =>
    SHARES.flatMap((share) => {
      const those = outcomes.filter((one) => one.share === share);
      const sum = (of: (one: Heard) => number) => those.reduce((total, one) => total + of(one), 0);
      const world = `deafness of ${100 * share}% (${those.length} worlds)`;
      const both = sum((one) => one.both);
      return [
        shareRow(
          { question: 'silent', world, measure: 'precision' },
          both,
          sum((one) => one.called),
          [0.97, 1],
        ),
        shareRow(
          { question: 'silent', world, measure: 'recall' },
          both,
          sum((one) => one.deafened),
          [0.85, 1],
        ),
      ];
    }),
};

function drawMeters(draw: Draw, share: number) {
  const devices: Device[] = [];
  const counts: DayCount[] = [];
  const deafened = new Set<string>();
  for (let i = 0; i < ACTIVATED + CONTROLS; i++) {
    const device: Device = {
      id: 10 * (i + 1),
      kind: 'ESME',
      model: MODEL,
      region: 'North',
      hub: 10 * (i + 1) + 1,
    };
    if (i < ACTIVATED) device.activated = BEGINS + draw.below(STAGGER);
    const isDeaf = i < ACTIVATED && draw.chance(share);
    if (isDeaf) deafened.add(idText(device.id));
    devices.push(device);
    const rate = (6 * draw.gamma(4)) / 4;
    for (let day = 0; day < (isDeaf ? device.activated! : DAYS); day++) {
      const alerts = draw.overdispersed(rate, 3);
      counts.push({ day, device, code: OTHER, alerts, lastAt: draw.below(DAY) });
    }
  }
  return { devices, counts, deafened };
}
