import type { Store } from '@tocsin/clickhouse';
import { cutAgainstControl, type PairSums } from '@tocsin/report';
import type { Asked, Volume } from './read.ts';
import type { Told } from './told.ts';

interface Firmware {
  begins: string;
  manufacturer: string;
  model: string;
  version: string;
  codes: string[];
  regions: string[];
  actingParty: string;
}

/** The firmware is judged by everyone's devices, of which a party is told totals of this many or more. */
const FEWEST_OTHERS = 50;
const NOTHING: PairSums = { devices: 0, before: 0, after: 0, beforeSquares: 0, products: 0, afterSquares: 0 };

/** What the firmware that devices are blocked from ends where it was activated, if it mends any of the codes. */
export async function readEffects(
  store: Store,
  { to, codes, party }: Asked,
  volumes: readonly Volume[],
  days: number,
): Promise<Told['effects']> {
  const firmware = await store.rows<Firmware>(
    `SELECT toString(toDateTime(min(begins))) AS begins, manufacturer, model, firmware AS version,
       any(one.codes) AS codes, any(one.regions) AS regions, any(acting_party) AS actingParty
     FROM rollout_registered(to = {to:String}) AS one
     GROUP BY manufacturer, model, version ORDER BY manufacturer, model, version`,
    { to },
  );
  const told = firmware.flatMap((one) => {
    const mended = one.codes.filter((code) => codes.includes(code));
    const kept = volumes.filter(
      ({ blocked, manufacturer, model, version }) =>
        blocked && manufacturer === one.manufacturer && model === one.model && version === one.version,
    );
    return mended.length === 0 || kept.length === 0 ? [] : [{ one, mended, kept }];
  });
  return Promise.all(
    told.map(async ({ one, mended, kept }) => {
      const { manufacturer, model, version, actingParty } = one;
      const sides = await readSides(store, one, mended, to);
      const few = party !== '' && Math.min(sides.upgraded.devices, sides.control.devices) < FEWEST_OTHERS;
      const { upgraded, control } = few ? { upgraded: NOTHING, control: NOTHING } : sides;
      const cut = cutAgainstControl(upgraded, control);
      return {
        manufacturer,
        model,
        version,
        actingParty,
        codes: mended,
        cut,
        refused: cut === null ? REFUSED : '',
        upgraded: upgraded.devices,
        control: control.devices,
        blockedAlerts: kept.reduce((sum, { alerts }) => sum + alerts, 0) / days,
      };
    }),
  );
}

const REFUSED =
  'too few devices with it or without it, too few that make most of the alerts, or none raised before or after';

async function readSides(store: Store, one: Firmware, codes: readonly string[], to: string) {
  const { begins: from, manufacturer, model, version, regions } = one;
  const rows = await store.rows<PairSums & { upgraded: boolean }>(
    `SELECT upgraded, devices, before_sum AS before, after_sum AS after, before_squares AS beforeSquares, products,
       after_squares AS afterSquares
     FROM upgrade_effect(version = {version:String}, manufacturer = {manufacturer:String}, model = {model:String},
       regions = {regions:Array(String)}, codes = {codes:Array(String)}, from = {from:String}, to = {to:String})`,
    { version, manufacturer, model, regions, codes, from, to },
  );
  const side = (upgraded: boolean) => rows.find((row) => row.upgraded === upgraded) ?? NOTHING;
  return { upgraded: side(true), control: side(false) };
}
