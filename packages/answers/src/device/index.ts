import type { Store } from '@tocsin/clickhouse';
import { z } from 'zod';
import { iso, london, PERIOD, utc, utcSecond } from '../period.ts';
import { question, Unknown } from '../question.ts';
import { show } from './show.ts';
import { TOLD, type Told } from './told.ts';

const NO_HUB = '0'.repeat(16);
const FOUR_WEEKS = 28 * 86_400_000;
const ID = 'expected an EUI-64 such as 00-DB-12-34-56-78-90-A0';

/** One device's story: what it is, what it is on, what became of it, what it raises and why that can or can't be stopped. */
export const device = question({
  name: 'device',
  summary: 'one device: its history, firmware, HAN, alerts, and why each can or can’t be stopped',
  of: 'devices',
  example: '--device 00-DB-12-34-56-78-90-A0 --to 2020-07-31',
  list: 'alerts',
  asked: z.strictObject({
    device: z
      .string()
      .regex(/^([0-9A-Fa-f]{2}-?){7}[0-9A-Fa-f]{2}$/, { error: ID })
      .transform((text) => text.replaceAll('-', '').toUpperCase())
      .meta({ description: 'its EUI-64', examples: ['0000000000002000'] }),
    from: PERIOD.from.optional().describe('since when alerts count; default: four weeks before the end'),
    to: PERIOD.to.optional().describe('as of when; default: now'),
  }),
  told: TOLD,
  async answer(store, { device, to = Date.now(), from = to - FOUR_WEEKS }, { party }) {
    const asked = { device, from: utc(from), to: utc(to), party: party ?? '' };
    const own = await readHan(store, asked);
    const one = own.find((other) => other.device === device);
    if (!one)
      throw new Unknown(
        'device',
        device,
        `expected one that is known, and yours, by ${london(iso(asked.to))} in London`,
      );
    const [blocked, history, alerts] = await Promise.all([
      readBlocked(store, { device, to: utcSecond(to), party: asked.party }),
      readHistory(store, asked),
      readAlerts(store, asked),
    ]);
    const mask = (supplier: string) =>
      party === null || supplier === '' || supplier === party ? supplier : 'other-supplier';
    const { hub, installedAt, decommissionedAt, supplier, gasSupplier, ...facts } = one;
    // Only whoever supplies something on the HAN knows its hub.
    const known = hub !== NO_HUB && (party === null || own.some((other) => other.device === hub));
    return {
      ...facts,
      hub: known ? hub : '',
      supplier: mask(supplier),
      gasSupplier: mask(gasSupplier),
      installedAt: installedAt && iso(installedAt),
      decommissionedAt: decommissionedAt && iso(decommissionedAt),
      han: own
        .filter((other) => hub !== NO_HUB && other.device !== device)
        .map(({ device, kind, model, firmware }) => ({ device, kind, model, firmware })),
      blocked,
      history,
      alerts,
    };
  },
  show,
});

type Asked = { device: string; from: string; to: string; party: string };

/** The device and those on its HAN that are the party's own. */
function readHan(store: Store, asked: Asked) {
  return store.rows<Omit<Told, 'han' | 'blocked' | 'history' | 'alerts'>>(
    `SELECT device, kind, manufacturer, model, firmware, smets, cohort, region, hub, han_state AS hanState, credentials,
       supplier, gas_supplier AS gasSupplier, network_operator AS networkOperator,
       toString(installed_at) AS installedAt, toString(decommissioned_at) AS decommissionedAt
     FROM party_devices(at = {to:String}, party = {party:String})
     WHERE device = {device:String} OR (hub != '${NO_HUB}' AND hub IN (
       SELECT hub FROM party_devices(at = {to:String}, party = {party:String}) WHERE device = {device:String}))
     ORDER BY kind, device`,
    asked,
  );
}

async function readBlocked(store: Store, asked: Omit<Asked, 'from'>): Promise<Told['blocked']> {
  const [row] = await store.rows<NonNullable<Told['blocked']>>(
    `SELECT version, phase, reason, toString(failed_at) AS failedAt
     FROM upgrade_blocked(to = {to:String}, party = {party:String}) WHERE device = {device:String}`,
    asked,
  );
  return row === undefined ? null : { ...row, failedAt: iso(row.failedAt) };
}

async function readHistory(store: Store, asked: Asked): Promise<Told['history']> {
  const rows = await store.rows<Told['history'][number]>(
    `SELECT toString(effective_at) AS at, source, event, version, phase, reason, code, setting, via,
       device_history.firmware AS firmware, han_state AS hanState
     FROM device_history
     WHERE device = {device:String} AND effective_at < {to:DateTime64(3, 'UTC')}
     ORDER BY effective_at DESC, recorded_at DESC, offset DESC`,
    asked,
  );
  return rows.map((row) => ({ ...row, at: iso(row.at) }));
}

async function readAlerts(store: Store, asked: Asked): Promise<Told['alerts']> {
  const rows = await store.rows<Told['alerts'][number]>(
    `SELECT alert_code AS code, firmware, one.alerts AS alerts, messages, toString(first_at) AS firstAt,
       toString(last_at) AS lastAt, suppression, reason, responsible_party AS responsibleParty, remedy,
       remedy_reason AS remedyReason, acting_party AS actingParty
     FROM device_alerts(device = {device:String}, from = {from:String}, to = {to:String}, party = {party:String}) AS one
     ORDER BY alerts DESC, code, firmware, suppression, reason`,
    asked,
  );
  return rows.map((row) => ({ ...row, firstAt: iso(row.firstAt), lastAt: iso(row.lastAt) }));
}
