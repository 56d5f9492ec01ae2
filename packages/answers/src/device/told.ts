import { z } from 'zod';

const MOMENT = z.iso.datetime();

const ALERTS = z.strictObject({
  code: z.string(),
  /** That the device ran then. */
  firmware: z.string(),
  alerts: z.int(),
  messages: z.int(),
  firstAt: MOMENT,
  lastAt: MOMENT,
  /** Whether the responsible party can switch it off, and why it can or can't. */
  suppression: z.string(),
  reason: z.string(),
  /** Of other suppliers a party learns no id: `other-supplier`; empty: there is none. */
  responsibleParty: z.string(),
  /** What firmware can do about it, why not, and who brings it on. */
  remedy: z.string(),
  remedyReason: z.string(),
  actingParty: z.string(),
});

const EVENT = z.strictObject({
  at: MOMENT,
  /** `inventory`, or the device's own word. */
  source: z.enum(['inventory', 'device']),
  event: z.string(),
  /** Of a firmware event. */
  version: z.string(),
  phase: z.string(),
  reason: z.string(),
  /** Of alert behaviour: which code was set to what, by which service request. */
  code: z.string(),
  setting: z.string(),
  via: z.string(),
  /** What it changed to; null: it did not. */
  firmware: z.string().nullable(),
  hanState: z.string().nullable(),
});

/** A device, as it is at the end of the period, and what became of it until then. */
export const TOLD = z.strictObject({
  device: z.string(),
  kind: z.string(),
  manufacturer: z.string(),
  model: z.string(),
  firmware: z.string(),
  smets: z.string(),
  cohort: z.string(),
  region: z.string(),
  /** Of a hub its own id; empty where it has none, or whoever asks may not know it. */
  hub: z.string(),
  hanState: z.string(),
  credentials: z.string(),
  supplier: z.string(),
  gasSupplier: z.string(),
  networkOperator: z.string(),
  installedAt: MOMENT.nullable(),
  decommissionedAt: MOMENT.nullable(),
  /** What else is on its HAN, of the devices that whoever asks may know. */
  han: z.array(
    z.strictObject({ device: z.string(), kind: z.string(), model: z.string(), firmware: z.string() }),
  ),
  /** The firmware that failed on it last and has not succeeded since; null: nothing stands in the way. */
  blocked: z
    .strictObject({ version: z.string(), phase: z.string(), reason: z.string(), failedAt: MOMENT })
    .nullable(),
  /** The newest first. */
  history: z.array(EVENT),
  /** In the period, the most first. */
  alerts: z.array(ALERTS),
});

export type Told = z.output<typeof TOLD>;
