import type { Draw } from '../draw.ts';
import { CODE, type DayCount, type Device, MODEL, OTHER } from '../world.ts';

/** The first activation is on this day, after 28 days of history; the last one at most 11 days later. */
export const BEGINS = 28;
const STAGGER = 12;
export const DAYS = BEGINS + STAGGER + 15;
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i);

/** Alerts a device raises a day in the mean, and the share of them that the firmware ends in the mean. */
const RATE = 3;
const ENDED = 0.4;

export interface Plan {
  hubs: number;
  /** Whether the firmware ends anything. */
  effect: boolean;
  /** What the rate of all devices is multiplied with on a day, beside the week's course. */
  course?: (day: number) => number;
  /** Days of which nothing came. */
  gap?: (day: number) => boolean;
  /** Whether devices are installed in the course of it, which raise more on their first days. */
  arrivals?: boolean;
  /** The share of activated HANs that are never heard again; devices raise another code too then, by which that is told. */
  deaf?: number;
}

/** A network in a region of its own. */
export interface Network {
  devices: Device[];
  counts: DayCount[];
  /** Alerts a device and day that the activation adds, in the mean of all networks that could have been drawn. */
  truth: number;
  /** Hubs there from the beginning that are activated, and that never are. */
  hubs: { activated: number; never: number };
}

/** Less on the weekend; the mean is 1. */
const weekly = (day: number) => [0.8, 0.9, 1.05, 1.1, 1.1, 1.05, 1][day % 7]!;

/** What each device is drawn to do. */
interface Habit {
  /** Alerts a day. */
  rate: number;
  /** Factors of its hub by day. */
  hubOn: readonly number[];
  /** The share that the firmware ends. */
  ended: number;
  /** The last day on which its HAN is heard. */
  heard: number;
}

/**
 * Hubs with one to three meters each. Devices are unequal (gamma), those on a hub alike (a factor of the hub, and another of
 * the hub on each day), counts overdispersed (negative binomial), effects unequal (uniform from 10% to 70%), and hubs are
 * activated on twelve days or (two of five) never, some of their devices later than others.
 * @param ids devices are numbered from here on
 */
export function drawNetwork(draw: Draw, plan: Plan, region: string, ids: number): Network {
  const { hubs, effect, course = () => 1, gap = () => false, deaf = 0 } = plan;
  const devices: Device[] = [];
  const counts: DayCount[] = [];
  const after: number[] = [];
  const found = { activated: 0, never: 0 };
  const settle = (device: Device, { rate, hubOn, ended, heard }: Habit) => {
    devices.push(device);
    const { installed, activated = DAYS } = device;
    for (let day = installed ?? 0; day < DAYS; day++) {
      const early = installed !== undefined && day - installed < 3 ? 5 : 1;
      const mean = rate * hubOn[day]! * weekly(day) * course(day) * early;
      const alerts = draw.overdispersed(day > activated ? mean * (1 - ended) : mean, 3);
      const others = deaf > 0 ? draw.overdispersed(mean / 2, 3) : 0;
      if (day > heard || gap(day)) continue;
      counts.push({ day, device, code: CODE, alerts });
      if (deaf > 0) counts.push({ day, device, code: OTHER, alerts: others });
    }
    for (let day = activated + 1; day <= activated + 14 && day < DAYS; day++)
      if (!gap(day)) after.push(course(day));
  };
  const days = (of: () => number) => upTo(DAYS).map(of);
  const uneven = () => (RATE * draw.gamma(1.5)) / 1.5;

  for (const i of upTo(hubs)) {
    const hub = ids + 10 * i;
    devices.push({ id: hub, kind: 'CHF', model: 'CS-1', region, hub });
    const takes = draw.chance(0.6) ? BEGINS + draw.below(STAGGER) : DAYS;
    found[takes < DAYS ? 'activated' : 'never']++;
    const factor = draw.gamma(4) / 4;
    const hubOn = days(() => (factor * draw.gamma(6)) / 6);
    const heard = takes < DAYS && draw.chance(deaf) ? takes : DAYS;
    for (const k of upTo(1 + draw.below(3))) {
      const late = draw.chance(0.2) ? draw.below(3) : 0;
      const device: Device = { id: hub + 1 + k, kind: 'ESME', model: MODEL, region, hub };
      if (takes < DAYS) device.activated = Math.min(takes + late, BEGINS + STAGGER - 1);
      settle(device, { rate: uneven(), hubOn, ended: effect ? 0.1 + 0.6 * draw.uniform() : 0, heard });
    }
  }
  for (const i of upTo(plan.arrivals ? hubs / 2 : 0)) {
    const hub = ids + 10 * (hubs + i);
    const installed = 5 + draw.below(DAYS - 10);
    devices.push({ id: hub, kind: 'CHF', model: 'CS-1', region, hub, installed });
    const hubOn = days(() => draw.gamma(6) / 6);
    settle(
      { id: hub + 1, kind: 'ESME', model: MODEL, region, hub, installed },
      { rate: uneven(), hubOn, ended: 0, heard: DAYS },
    );
  }
  const mean = after.reduce((sum, one) => sum + one, 0) / Math.max(1, after.length);
  return { devices, counts, truth: effect ? -ENDED * RATE * mean : 0, hubs: found };
}
