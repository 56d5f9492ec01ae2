import { parseEui64, REGIONS } from '@tocsin/domain';
import { z } from 'zod';

export const share = z.number().min(0, 'expected a share, 0 to 1').max(1, 'expected a share, 0 to 1');
export const positive = z.number().positive('expected a number above 0');
export const count = z.int().positive('expected a whole number above 0');
export const day = z.iso.date({ error: 'expected a day such as 2020-02-01' });
/** A time of day in London, on the hour. */
export const hour = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:00$/, 'expected an hour in London such as 2020-05-06T16:00');
/** Of what goes from one day to another, both included. */
export const inOrder = [
  ({ from, to }: { from: string; to: string }) => from <= to,
  'expected `from` not after `to`',
] as const;
export const spans = [
  ({ first, last }: { first: string; last: string }) => first <= last,
  'expected `first` not after `last`',
] as const;
export const days = z.strictObject({ first: day, last: day }).refine(...spans);
/** Of what holds until the next: each on a later day than the one before. */
export const ascending = [
  (list: readonly { from: string }[]) => list.every(({ from }, i) => i === 0 || list[i - 1]!.from < from),
  'expected days one after another',
] as const;
export const id = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,62}$/, 'expected an id such as sup-01');
export const word = z.string().min(1).max(64);
export const version = z.string().regex(/^\d+(\.\d+){0,5}$/, 'expected dotted numbers such as 2.02.6');
export const code = z
  .string({ error: 'expected an alert code in quotes, such as "8014"' })
  .regex(/^([0-9A-F]{4}|AD1|N\d{1,3})$/, 'expected an alert code such as "8014"');
export const region = z.enum(REGIONS);
export const KINDS = ['CHF', 'GPF', 'ESME', 'GSME'] as const;
/** Kinds of devices that the scenario has, in the order of their numbers. */
export type Kind = (typeof KINDS)[number];
export const kind = z.enum(KINDS);

export const eui64 = z.string().transform((value, context) => {
  const parsed = parseEui64(value);
  if (parsed) return parsed;
  context.addIssue({ code: 'custom', message: 'expected an EUI-64 such as 90-B3-D5-1F-30-01-00-01' });
  return z.NEVER;
});

/** Shares that come to 1. */
export function whole<T extends { share: number }>(parts: readonly T[]): boolean {
  return Math.abs(parts.reduce((sum, part) => sum + part.share, 0) - 1) < 1e-6;
}
