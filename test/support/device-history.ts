import type { Store } from '@tocsin/clickhouse';
import { insertRows } from './store-feed.ts';

/** What the inventory (or the device itself) tells of a device; `at` is `YYYY-MM-DD hh:mm` in UTC, columns by name. */
export interface Told {
  at: string;
  device: number;
  event: string;
  source?: 'inventory' | 'device';
  [column: string]: unknown;
}

/** The id that a device has by its number, as in store-feed.ts. */
export const deviceId = (device: number): string => String(device).padStart(16, '0');

let offset = 0;

/** Rows of the device history; what is left out did not change. */
export const feedHistory = (store: Store, told: readonly Told[]): Promise<void> =>
  insertRows(
    store,
    'device_history',
    told.map(({ at, device, source = 'inventory', ...rest }) => ({
      stream: source === 'device' ? 'cluster/alerts/1' : 'cluster/inventory/1',
      partition: 0,
      offset: offset++,
      planned_at: '2026-05-01 00:00:00',
      recorded_at: `${at}:00`,
      effective_at: `${at}:00`,
      device: deviceId(device),
      source,
      kind: null,
      manufacturer: null,
      model: null,
      firmware: null,
      region: null,
      hub: null,
      supplier: null,
      gas_supplier: null,
      network_operator: null,
      han_state: null,
      version: '',
      phase: '',
      reason: '',
      code: '',
      setting: '',
      via: '',
      ...rest,
    })),
  );

/** A rollout of a firmware that mends `codes`, in the registry as it holds. */
export interface Registered {
  rollout: string;
  begins: string;
  manufacturer: string;
  model: string;
  firmware: string;
  codes: string[];
  acting_party: string;
  /** From when on each state holds. */
  states: { from: string; state: string; reason?: string }[];
}

export async function feedRollouts(store: Store, rollouts: readonly Registered[]): Promise<void> {
  await insertRows(
    store,
    'rollouts',
    rollouts.map(({ rollout, begins }) => ({
      version: 'v',
      rollout,
      name: `Rollout ${rollout}`,
      lever: `lever-${rollout}`,
      begins,
      ends: null,
      pauses: [],
      source: 'a test',
    })),
  );
  await insertRows(
    store,
    'levers',
    rollouts.flatMap(({ rollout, begins, states, ...firmware }) =>
      states.map(({ from, state, reason = '' }) => ({
        version: 'v',
        lever: `lever-${rollout}`,
        kind: 'firmware',
        name: `Firmware of ${rollout}`,
        device_kinds: [],
        roles: [],
        regions: [],
        ...firmware,
        holds_from: from,
        state,
        reason,
      })),
    ),
  );
  await insertRows(store, 'registry_versions', [{ version: 'v' }]);
}
