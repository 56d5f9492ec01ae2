import { type HalfSums, overdispersion, silenceProbability } from '../statistics/silence.ts';

export type Side = 'pilot' | 'control';

/** Hubs that are alike in how often they spoke before and how long they have been silent. */
export interface SilenceRow {
  side: Side;
  /** Messages of a hub and its HAN in the window before, of codes that the firmware doesn't mend. */
  messages: number;
  /** Complete days of that window. */
  exposure: number;
  /** Complete days after the activation, and those of them at the end without a message of any kind. */
  possible: number;
  silent: number;
  hubs: number;
  /** Of the hubs that have been silent for a day or longer. */
  devices: string[];
}

/** What `judgeSilence` found of the hubs of one side; `devices` are the EUI-64s of those that fell silent. */
export interface Silence {
  dispersion: number;
  hubs: number;
  /** Hubs that spoke often enough before for silence from their activation on to be improbable. */
  tellable: number;
  /** Hubs whose silence is improbable, and how many such would be found if nothing had happened. */
  silent: number;
  byChance: number;
  devices: string[];
}

/** Which hubs of one side fell silent, and whose silence could have been told. */
export function judgeSilence(
  rows: readonly SilenceRow[],
  side: Side,
  halves: HalfSums,
  improbable: number,
): Silence {
  const dispersion = overdispersion(halves);
  const found: Silence = { dispersion, hubs: 0, tellable: 0, silent: 0, byChance: 0, devices: [] };
  for (const row of rows) {
    if (row.side !== side) continue;
    const probability = (days: number) => silenceProbability(row.messages, row.exposure, days, dispersion);
    found.hubs += row.hubs;
    if (row.exposure === 0 || probability(row.possible) >= improbable) continue;
    found.tellable += row.hubs;
    // The shortest silence that would be called improbable: its own probability is the chance of a false finding.
    const shortest = Array.from({ length: row.possible }, (_, i) => i + 1).find(
      (d) => probability(d) < improbable,
    )!;
    found.byChance += row.hubs * probability(shortest);
    if (row.silent < shortest) continue;
    found.silent += row.hubs;
    found.devices.push(...row.devices);
  }
  return found;
}
