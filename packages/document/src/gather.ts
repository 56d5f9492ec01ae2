import {
  blocked,
  capacity,
  changes,
  completeness,
  hanStability,
  migrationGate,
  parties,
  rollout,
  rollouts,
  silent,
  spikes,
  suppressionEffect,
  verdicts,
  volume,
} from '@tocsin/answers';
import type { Asker } from './cited/asker.ts';
import { momentText, type Period, periodBefore } from './period.ts';

/** Codes that plots and sentences are about: the greatest. */
const GREATEST = 6;
/** Longer periods are plotted by week. */
const DAYS_BY_DAY = 120;
const DAY = 86_400_000;
/** Questions that are asked whatever there is. */
const ALWAYS = 12;

/**
 * Asks all that a document of a period tells of: first what it depends on which rollouts, codes and spikes it is about, then
 * the rest. All of the document is made of these answers alone.
 * @param onPlan hears, once that is known, how many questions there are
 */
export async function gather({ ask }: Asker, period: Period, onPlan: (questions: number) => void = () => {}) {
  const [from, to, before] = [
    momentText(period.from),
    momentText(period.to),
    momentText(periodBefore(period)),
  ];
  const asked = { from, to };
  const [changed, stoppable, risen, known] = await Promise.all([
    ask(changes, { ...asked, before }),
    ask(verdicts, asked),
    ask(spikes, asked),
    ask(rollouts, { at: to }),
  ]);
  const registered = known
    .each((told) => told.rollouts, 'rollout')
    .filter(({ told }) => Date.parse(told.begins) < period.to);
  const greatest = changed
    .each(({ codes }) => codes, 'code')
    .toSorted((a, b) => most(b.told) - most(a.told))
    .slice(0, GREATEST)
    .map(({ told }) => told.code);
  const spiking = ofFirstSpike(risen.told.spikes);
  const off = greatest.filter((code) => canBeSwitched(stoppable.told, code));
  onPlan(ALWAYS + (spiking ? 1 : 0) + 2 * registered.length + off.length);

  const firmwareOf = async (one: (typeof registered)[number]) => {
    const given = { rollout: one.told.rollout, to };
    const [effect, fellSilent] = await Promise.all([ask(rollout, given), ask(silent, given)]);
    return { registered: one, effect, silent: fellSilent };
  };
  const [byDay, ofSpike, firmware, switched] = await Promise.all([
    ask(volume, {
      ...asked,
      by: 'code,suppression',
      grain: period.to - period.from > DAYS_BY_DAY * DAY ? 'week' : 'day',
      code: greatest.join(','),
      limit: '10000',
    }),
    spiking && ask(verdicts, { ...spiking, to }),
    Promise.all(registered.map(firmwareOf)),
    Promise.all(off.map((code) => ask(suppressionEffect, { code, to }))),
  ]);
  const [answering, feed, feedBefore, upgrades, hans, load, gate] = await Promise.all([
    ask(parties, { at: to }),
    ask(completeness, asked),
    ask(completeness, { from: before, to: from }),
    ask(blocked, asked),
    ask(hanStability, asked),
    ask(capacity, asked),
    ask(migrationGate, asked),
  ]);
  return {
    ...{ period, from, to, before, changed, stoppable, risen, greatest, byDay, ofSpike, firmware, switched },
    ...{ parties: answering, feed, feedBefore, blocked: upgrades, hans, capacity: load, gate },
  };
}

export type Gathered = Awaited<ReturnType<typeof gather>>;

const most = ({ aDay, aDayBefore }: { aDay: number | null; aDayBefore: number | null }) =>
  Math.max(aDay ?? 0, aDayBefore ?? 0);

/** The greatest spike over all parties: since when, and the codes that rose together. */
function ofFirstSpike(
  spikes: readonly { readonly party: string | null; readonly from: string; readonly code: string }[],
): { from: string; codes: string } | null {
  const overAll = spikes.filter(({ party }) => party === null);
  const from = overAll[0]?.from;
  if (from === undefined) return null;
  const codes = new Set(overAll.filter((one) => one.from === from).map(({ code }) => code));
  return { from, codes: [...codes].sort().join(',') };
}

/** Somebody can switch it off by service request. */
const canBeSwitched = (
  { parties }: { readonly parties: readonly { readonly lever: string; readonly codes: readonly string[] }[] },
  code: string,
) => parties.some(({ lever, codes }) => lever === 'service-request' && codes.includes(code));
