import { startOf } from '@tocsin/domain';
import type { Addressee, Addressees } from './addressees.ts';
import { type Firmware, MOST_FIRMWARE } from './schema.ts';
import type { Stream } from './streams.ts';
import { supplierOf, type World } from './world.ts';

/** What an alert means, by the cause that it was drawn from. Empty texts stand for none. */
export interface Meaning {
  readonly code: string;
  readonly suppression: string;
  readonly reason: string;
  readonly remedy: string;
  readonly remedyReason: string;
  readonly responsibleParty: string;
  readonly actingParty: string;
}

export interface Meanings {
  /** All that came up, in order; what `of` returns is an index. */
  readonly list: readonly Meaning[];
  /** @param at epoch seconds, as of which the alert is to be judged */
  of(stream: Stream, home: number, addressee: Addressee, at: number): number;
  ofStranger(code: string, addressee: Addressee): number;
}

/** The order in which one of several is taken. */
const BEST = ['released', 'han-unstable', 'pilot', 'on-hold'];
const BESTS = (BEST.length + 1) * MOST_FIRMWARE;
const OBSTACLES = ['', 'no-party', 'credential-mismatch', 'not-a-dcc-user', 'role-not-eligible'];
/** Each obstacle, with the code switched off or not. */
const VERDICTS = OBSTACLES.length * 2;

export function createMeanings(world: World, addressees: Addressees): Meanings {
  const { firmware, suppressed } = world.scenario;
  const list: Meaning[] = [];
  const known = new Map<number, number>();
  const parties = addressees.ids.length;
  const cures = firmware.map((one, index) => cureOf(world, one, index));
  const curing = new Map<string, typeof cures>();
  for (const cure of cures)
    for (const code of cure.firmware.codes) curing.set(code, [...(curing.get(code) ?? []), cure]);
  const NO_CURES: typeof cures = [];

  function remember(key: number, meaning: () => Meaning): number {
    let found = known.get(key);
    if (found === undefined) {
      found = list.length;
      list.push(meaning());
      known.set(key, found);
    }
    return found;
  }

  return {
    list,
    of(stream, home, { party, obstacle }, at) {
      const { process, code } = stream;
      let best = 0;
      for (const cure of curing.get(code) ?? NO_CURES) {
        const found = cure.stateOf(process.from, home, at);
        if (found !== 0 && (best === 0 || found < best)) best = found;
      }
      // The lower number is the better state; the firmware that it is of follows.
      const cure = best === 0 ? undefined : cures[best % MOST_FIRMWARE]!;
      const acting = !cure
        ? 0
        : cure.firmware.acting === 'csp'
          ? addressees.csp(world.region[home]!)
          : supplierOf(world, home, at);
      const off =
        process.from === 'ESME' && suppressed[world.suppressed[home]! - 1]?.codes.includes(code) === true;
      const verdict = process.verdict === 'party' ? OBSTACLES.indexOf(obstacle) * 2 + (off ? 1 : 0) : 0;
      const key = (((stream.index * parties + party) * VERDICTS + verdict) * parties + acting) * BESTS + best;
      return remember(key, () => {
        const [suppression, reason] = (
          process.verdict === 'party' ? verdictOf(obstacle, off) : process.verdict
        ).split('/') as [string, string];
        const remedy = cure ? BEST[Math.floor(best / MOST_FIRMWARE) - 1]! : 'none';
        return {
          code,
          suppression,
          reason,
          remedy,
          remedyReason: remedy === 'on-hold' ? cure!.holdReason : '',
          responsibleParty: addressees.ids[party]!,
          actingParty: cure ? addressees.ids[acting]! : '',
        };
      });
    },
    ofStranger(code, { party }) {
      return remember(-1 - party, () => ({
        code,
        suppression: 'unknown',
        reason: 'unknown-device',
        remedy: 'none',
        remedyReason: '',
        responsibleParty: addressees.ids[party]!,
        actingParty: '',
      }));
    },
  };
}

const verdictOf = (obstacle: string, off: boolean): string =>
  obstacle !== ''
    ? `unstoppable/${obstacle}`
    : `suppressible/${off ? 'already-suppressed' : 'service-request'}`;

/** A firmware that ends codes; `stateOf` is 0 where it is of no use, else (place in BEST + 1) × MOST_FIRMWARE + its index. */
function cureOf(world: World, firmware: Firmware, index: number) {
  const { scenario } = world;
  const isHub = firmware.kind === 'CHF';
  const models = isHub ? scenario.models.hub : scenario.models.ESME;
  const model = models.findIndex((one) => one.model === firmware.model);
  const column = isHub ? world.hubModel : world.meterModel;
  const areas = Object.keys(scenario.regions).map(
    (name) => firmware.regions.length === 0 || firmware.regions.some((one) => one === name),
  );
  const states = firmware.states.map(({ from, state }) => ({ from: startOf(from) / 1000, state }));
  // Whoever runs it or a later one of its model needs it no more.
  const enough = scenario.firmware.flatMap((one, i) =>
    one.model === firmware.model && one.kind === firmware.kind && i >= index ? [world.taken[i]!] : [],
  );
  return {
    firmware,
    holdReason: firmware.states.find(({ state }) => state === 'on-hold')?.reason ?? '',
    stateOf(kind: string, home: number, at: number): number {
      if (kind !== firmware.kind || column[home] !== model || !areas[world.region[home]!]) return 0;
      const state = states.findLast(({ from }) => from <= at)?.state;
      if (state === undefined || state === 'withdrawn') return 0;
      for (const { at: since, failed } of enough)
        if (since[home] !== 0 && failed[home] === 0 && since[home]! <= at) return 0;
      const remedy = state === 'released' && !isHub && world.unstable[home] === 1 ? 'han-unstable' : state;
      return (BEST.indexOf(remedy) + 1) * MOST_FIRMWARE + index;
    },
  };
}
