import type { Store } from '@tocsin/clickhouse';
import { iso, utcSecond } from '../period.ts';
import type { Registered } from '../rollout/registered.ts';
import type { Told } from './told.ts';

/** Devices, those of them whose silence could be told, and those that are silent. */
export interface Side {
  devices: number;
  tellable: number;
  silent: number;
}

interface Heard {
  activated: Side;
  control: Side;
  threshold: number;
  found: Told['devices'];
}

type Found = [
  device: string,
  kind: string,
  hub: string,
  activatedAt: string,
  lastHeardAt: string,
  messagesBefore: number,
  daysBefore: number,
  daysSilent: number,
  probability: number,
  region: string,
  supplier: string,
];

export const NONE: Side = { devices: 0, tellable: 0, silent: 0 };

/** What `silent_devices` says of the devices that a rollout is for, up to `to`. @param party empty: of all */
export async function listen(
  store: Store,
  { version, manufacturer, model, regions, codes, begins }: Registered,
  to: string,
  party: string,
  falseShare: number,
): Promise<Heard> {
  const rows = await store.rows<Side & { activated: boolean; threshold: number; found: Found[] }>(
    `SELECT activated, count() AS devices, countIf(one.tellable) AS tellable, countIf(one.silent) AS silent,
       any(one.threshold) AS threshold,
       groupArrayIf((device, kind, hub, toString(activated_at), toString(last_heard_at), messages, before_days,
         silent_days, probability, region, supplier), one.silent AND activated) AS found
     FROM silent_devices(version = {version:String}, manufacturer = {manufacturer:String}, model = {model:String},
       regions = {regions:Array(String)}, codes = {codes:Array(String)}, from = {from:String}, to = {to:String},
       party = {party:String}, false_share = {falseShare:Float64}) AS one
     GROUP BY activated`,
    {
      version,
      manufacturer,
      model,
      regions,
      codes,
      from: utcSecond(Date.parse(begins)),
      to,
      party,
      falseShare,
    },
  );
  const side = (activated: boolean) => rows.find((row) => row.activated === activated);
  const mine = side(true);
  return {
    activated: mine ?? NONE,
    control: side(false) ?? NONE,
    threshold: mine?.threshold ?? 0,
    found: (mine?.found ?? []).map(named).sort((a, b) => b.daysSilent - a.daysSilent),
  };
}

const named = ([
  device,
  kind,
  hub,
  activatedAt,
  lastHeardAt,
  messagesBefore,
  daysBefore,
  daysSilent,
  probability,
  region,
  supplier,
]: Found): Told['devices'][number] => ({
  device,
  kind,
  hub: /^0*$/.test(hub) ? '' : hub,
  activatedAt: iso(activatedAt),
  lastHeardAt: iso(lastHeardAt),
  messagesBefore,
  daysBefore,
  daysSilent,
  probability,
  region,
  supplier,
});
