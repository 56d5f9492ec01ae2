import type { Store } from '@tocsin/clickhouse';
import { judgeSilence } from '@tocsin/report';
import { doubtOf } from './benefit.ts';
import { compareAll, correctForMany, effectOf, type Frame } from './effects.ts';
import { OTHERS, type Raised, raisedKey, readKins, readRaised, readSilence, unraised } from './raised.ts';
import { type Dimension, planStudy, type Study } from './study.ts';
import type { Effect, Judged } from './told.ts';
import { readReach, type Treatment } from './treatment.ts';

/** The place of all devices. */
const WHOLE = 'device ';

/** A HAN is called silent where its silence would be as improbable as this, had nothing happened. */
const IMPROBABLE = 0.001;

/** Whom a treatment reached and what it did, by way of the views alone. */
export async function judge(
  store: Store,
  treatment: Treatment,
  dimensions: readonly Dimension[],
): Promise<Judged> {
  const reach = await readReach(store, treatment);
  const { adoption } = reach;
  if (adoption.length === 0)
    return { adoption, silent: { devices: 0, probability: IMPROBABLE }, effects: [], others: [], by: [] };

  const study = await planStudy(store, treatment, reach, dimensions);
  const silent = await findSilent(store, study);
  const compared = compareAll(await readKins(store, study, silent), study.complete);
  const isAnybody = [...compared.main.values()].some(({ activated }) => activated > 0);
  const raised = isAnybody ? await readRaised(store, study, silent, compared) : new Map<string, Raised>();
  const taking = compared.main.get(WHOLE)?.activated ?? 0;
  const frame: Frame = {
    compared,
    anySilent: silent.length > 0,
    perCompared: taking === 0 ? 0 : adoption.at(-1)!.activated / taking,
    isParty: treatment.party !== '',
  };
  return {
    adoption,
    silent: { devices: silent.length, probability: IMPROBABLE },
    ...effects(raised, frame, study),
  };
}

async function findSilent(store: Store, study: Study): Promise<string[]> {
  const rows = await readSilence(store, study);
  const halves = rows.reduce(
    (sum, row) => ({
      squaredDifferences: sum.squaredDifferences + row.squaredDifferences,
      total: sum.total + row.messages * row.hubs,
    }),
    { squaredDifferences: 0, total: 0 },
  );
  return judgeSilence(rows, 'pilot', halves, IMPROBABLE).devices;
}

function effects(
  raised: ReadonlyMap<string, Raised>,
  frame: Frame,
  { treatment: { codes } }: Study,
): Pick<Judged, 'effects' | 'others' | 'by'> {
  const of = (place: string, code: string) =>
    effectOf(raised.get(raisedKey(place, code)) ?? unraised(place, code), frame);
  const others = [of(WHOLE, OTHERS), of('han ', OTHERS)];
  const doubted = (one: Effect) => {
    const doubt = doubtOf(one, others);
    return { ...one, warning: [one.warning, doubt].filter((text) => text !== null).join('; ') || null };
  };
  const own = codes.flatMap((code) => [doubted(of(WHOLE, code)), doubted(of('han ', code))]);
  const sides = [...raised.values()]
    .filter(
      ({ place, code }) => (place === WHOLE || place === 'han ') && code !== OTHERS && !codes.includes(code),
    )
    .map((one) => effectOf(one, frame))
    .filter((one, _, all) => one.se !== 0 && !all.some((other) => isSame(one, other)));
  const parts = [...frame.compared.kins.keys()].filter(
    (place) => place.startsWith('device ') && place !== WHOLE,
  );
  const by = parts.sort().flatMap((place) => {
    const [dimension, value] = place.slice(WHOLE.length).split(/:(.*)/s) as [Dimension, string];
    return codes.map((code) => ({ dimension, value, effect: of(place, code) }));
  });
  return { effects: [...own, ...correctForMany(sides)], others, by };
}

/** What only the devices themselves raise is the same on their HANs, and is tested once. */
const isSame = (han: Effect, device: Effect) =>
  han.scope === 'han' &&
  device.scope === 'device' &&
  han.code === device.code &&
  han.estimate !== null &&
  han.activated === device.activated &&
  Math.abs(han.estimate - device.estimate!) < 1e-9 * Math.abs(han.estimate);
