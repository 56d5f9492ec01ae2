import { z } from 'zod';

const REASONS = (counted: string) => z.array(z.strictObject({ reason: z.string(), [counted]: z.int() }));

const ROW = z.strictObject({
  code: z.string(),
  /** In plain words, or the catalogue's; empty where there are none. */
  meaning: z.string(),
  /** Who is responsible for the alert; empty: nobody. Of others' suppliers a party learns no id: `other-supplier`. */
  party: z.string(),
  name: z.string(),
  /** Devices in service at the end that take the request, and are the party's by record as the code has it. */
  devices: z.int(),
  /** Availability: on how many of them the party can switch the code off. */
  available: z.int(),
  /** Of the others, for which reason it can't. */
  obstacles: REASONS('devices'),
  /** Use: on how many it is switched off by what is known. */
  off: z.int(),
  /** Alerts that came. */
  alerts: z.int(),
  /** Of these, such as could be switched off when they came. */
  suppressible: z.int(),
  /** Of the suppressible, those of a device on which the code was off, and how many devices these are. */
  arriving: z.int(),
  arrivingDevices: z.int(),
  /** Those that could not be switched off, by reason. */
  others: REASONS('alerts'),
});

export const TOLD = z.strictObject({
  /** By code and party: what came most first. */
  rows: z.array(ROW),
  alerts: z.int(),
  suppressible: z.int(),
  arriving: z.int(),
  /** Who should do what. */
  reading: z.string(),
});

export type Told = z.output<typeof TOLD>;
export type Row = z.output<typeof ROW>;
