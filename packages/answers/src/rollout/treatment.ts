import type { Store } from '@tocsin/clickhouse';
import { utc, utcSecond } from '../period.ts';

/** What devices took up: a firmware of a model, or, where `code` isn't empty, the switching off of an alert code. */
export interface Treatment {
  manufacturer: string;
  model: string;
  version: string;
  code: string;
  /** The codes that it is meant to end. */
  codes: string[];
  /** Activations since then count; ms since the epoch. */
  from: number;
  /** What comes later is not looked at. */
  to: number;
  /** Whose devices are asked of; empty: everybody's. */
  party: string;
}

interface Adoption {
  day: string;
  activated: number;
  devices: number;
}

/** Whom a treatment reached, and what that takes: the kinds of devices and their regions. */
export interface Reach {
  adoption: Adoption[];
  kinds: string[];
  regions: string[];
}

/** The parameters of every view of a treatment. */
export const TREATMENT = `manufacturer = {manufacturer:String}, model = {model:String}, version = {version:String},
  code = {code:String}, to = {to:String}, party = {party:String}`;

export const paramsOf = ({ manufacturer, model, version, code, to, party }: Treatment) => ({
  manufacturer,
  model,
  version,
  code,
  party,
  to: utcSecond(to),
});

/** London's midnight, by which people ask, is at most so long before that of UTC, by which days are counted. */
const AN_HOUR = 3_600_000;

export async function readReach(store: Store, treatment: Treatment): Promise<Reach> {
  const rows = await store.rows<Adoption & Pick<Reach, 'kinds' | 'regions'>>(
    `SELECT day, activated, devices, kinds, regions FROM rollout_adoption(${TREATMENT}) ORDER BY day`,
    paramsOf(treatment),
  );
  return {
    adoption: sinceFirst(
      rows.map(({ day, activated, devices }) => ({ day, activated, devices })),
      utc(treatment.from + AN_HOUR).slice(0, 10),
    ),
    kinds: rows[0]?.kinds ?? [],
    regions: rows[0]?.regions ?? [],
  };
}

/** From the first day on that has an activation and isn't before `from`. */
function sinceFirst(days: readonly Adoption[], from: string): Adoption[] {
  const before = days.findLast(({ day }) => day < from)?.activated ?? 0;
  const first = days.findIndex(({ day, activated }) => day >= from && activated > before);
  return first < 0 ? [] : days.slice(first);
}
