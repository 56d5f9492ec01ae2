import type { Store } from '../client.ts';

/** What the registries say of what can be done, as they stand in the store; empty where no builder has brought them yet. */
export interface Registered {
  /** Codes in plain words where the registry has some, as names of the catalogue mislead; else those. */
  readonly codes: ReadonlyMap<string, string>;
  /** Firmware that is released at the time that was asked for. */
  readonly released: readonly ReleasedFirmware[];
}

/** A firmware that is released for a model, and the alert codes that it mends. */
export interface ReleasedFirmware {
  readonly manufacturer: string;
  readonly model: string;
  readonly firmware: string;
  readonly codes: readonly string[];
}

const NEWEST = 'version = (SELECT argMax(version, at) FROM registry_versions)';

/**
 * What the newest version of the registries says of codes, and of firmware that was released by `at`.
 * @param at `YYYY-MM-DD hh:mm:ss`, UTC
 */
export async function readRegistered(store: Store, at: string): Promise<Registered> {
  const [codes, released] = await Promise.all([
    store.rows<{ alert_code: string; name: string }>(
      `SELECT alert_code, if(plain = '', codes.name, plain) AS name FROM codes WHERE ${NEWEST}`,
    ),
    store.rows<ReleasedFirmware>(
      `SELECT manufacturer, model, firmware, codes FROM (
         SELECT lever, any(manufacturer) AS manufacturer, any(model) AS model, any(firmware) AS firmware,
           any(codes) AS codes, argMax(state, holds_from) AS newest
         FROM levers WHERE ${NEWEST} AND kind = 'firmware' AND holds_from <= toDateTime64({at:String}, 3, 'UTC')
         GROUP BY lever
       ) WHERE newest = 'released' ORDER BY manufacturer, model, firmware`,
      { at },
    ),
  ]);
  return { codes: new Map(codes.map(({ alert_code, name }) => [alert_code, name])), released };
}
