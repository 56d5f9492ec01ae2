import { z } from 'zod';

const SHARE = z.number().min(0).max(1);
const INTERVAL = z.strictObject({ value: z.number(), low: z.number(), high: z.number() });

export const TOLD = z.strictObject({
  /** Those that the volume is of. */
  codes: z.array(z.string()),
  /** Devices that failed to download or activate a firmware and haven't succeeded since, the earliest failure first. */
  devices: z.array(
    z.strictObject({
      device: z.string(),
      kind: z.string(),
      /** Empty where it has none, as a hub, or whoever asks may not know it. */
      supplier: z.string(),
      region: z.string(),
      manufacturer: z.string(),
      model: z.string(),
      /** That it runs by now. */
      firmware: z.string(),
      /** That failed on it. */
      version: z.string(),
      phase: z.string(),
      reason: z.string(),
      failedAt: z.iso.datetime(),
      /** As it is by now; empty where nobody has told. */
      hanState: z.string(),
      /** Because of the HAN, by the reason or by the HAN's state. */
      han: z.boolean(),
    }),
  ),
  /** How many of them, and how many because of the HAN, by each value of a dimension, the most first. */
  by: z.array(
    z.strictObject({
      dimension: z.enum(['supplier', 'region', 'model', 'reason']),
      value: z.string(),
      devices: z.int(),
      han: z.int(),
    }),
  ),
  /** Alerts of the codes in the period, of all devices that whoever asks may know of, and of those that are blocked. */
  alerts: z.strictObject({ all: z.int(), blocked: z.int(), han: z.int() }),
  /** `alerts.blocked` of `alerts.all`; null of none. */
  share: SHARE.nullable(),
  /** Alerts a day over the period that the firmware would have ended on them, 95% interval; null: see `effects`. */
  saved: INTERVAL.nullable(),
  /** What each firmware that mends one of the codes ends, as seen where it was activated. */
  effects: z.array(
    z.strictObject({
      manufacturer: z.string(),
      model: z.string(),
      version: z.string(),
      /** Who brings it on: a party, or a kind of them. */
      actingParty: z.string(),
      codes: z.array(z.string()),
      /** Share of the alerts that it ends; null where that can't be known, for the reason `refused`. */
      cut: INTERVAL.nullable(),
      refused: z.string(),
      /** HANs with an activated device, and with one that was not activated, that raised any of it. */
      upgraded: z.int(),
      control: z.int(),
      /** Alerts a day that devices blocked from it raised. */
      blockedAlerts: z.number(),
    }),
  ),
});

export type Told = z.output<typeof TOLD>;
