import { DEVICE_KINDS, parseEui64, plainEui64, REGIONS, startOf } from '@tocsin/domain';
import { FIRMWARE_STATES, ROLES, SERVICE_REQUEST_STATES } from '@tocsin/domain/classify';
import { z } from 'zod';

/** A moment with its zone, or a day: its midnight in London. ms since the epoch. */
const moment = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })], {
    error: 'expected a day such as 2020-07-07, or a moment such as 2020-07-07T10:00:00Z',
  })
  .transform((value) => (value.length === 10 ? startOf(value) : Date.parse(value)));

/** What is left out has always been so, or goes on. */
const span = z
  .strictObject({ from: moment.optional(), to: moment.optional() })
  .transform(({ from, to }) => ({
    from: from ?? Number.NEGATIVE_INFINITY,
    to: to ?? Number.POSITIVE_INFINITY,
  }))
  .refine(({ from, to }) => from < to, 'expected `from` before `to`');

const ALWAYS = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

const id = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,62}$/, 'expected an id such as sup-01');
const name = z.string().min(1).max(200);
const eui64 = z.string().transform((value, context) => {
  const parsed = parseEui64(value);
  // Zero is the target of an alert that names none.
  if (parsed && (parsed.hi !== 0 || parsed.lo !== 0)) return plainEui64(parsed);
  context.addIssue({ code: 'custom', message: 'expected an EUI-64 such as 90-B3-D5-1F-30-01-00-01' });
  return z.NEVER;
});
const code = z.string().regex(/^([0-9A-F]{4}|AD\d|N\d{1,3})$/, 'expected an alert code such as "8014"');
const version = z.string().regex(/^\d+(\.\d+){0,5}$/, 'expected dotted numbers such as "2.02.6"');
const form = z.literal(1, { error: 'expected 1' });

const role = z
  .strictObject({
    role: z.enum(ROLES),
    kind: z.enum(['dno', 'idno']).optional(),
    regions: z.array(z.enum(REGIONS)).default([]),
    eui64s: z.array(eui64).min(1),
    valid: span.default(ALWAYS),
    /** In this role: true, false, or while. */
    'dcc-user': z
      .union([z.boolean(), z.array(span)], { error: 'expected true, false, or a list of from and to' })
      .transform((value) => (value === true ? [ALWAYS] : value === false ? [] : value)),
  })
  .refine(({ role, kind }) => kind === undefined || role === 'electricity-distributor', {
    path: ['kind'],
    error: 'expected only of an electricity-distributor',
  })
  .refine(({ role, regions }) => regions.length === 0 || role === 'csp', {
    path: ['regions'],
    error: 'expected only of a csp',
  });

export const PARTIES = z.strictObject({
  version: form,
  parties: z.array(z.strictObject({ id, name, roles: z.array(role).min(1) })),
});

/** It stands in every row of an alert that it concerns. */
const reason = z
  .string()
  .max(200)
  .regex(/^[\x20-\x7e]*$/, 'expected printable ASCII such as deafness');

const states = <const S extends readonly [string, ...string[]]>(names: S) =>
  z
    .array(z.strictObject({ from: moment, state: z.enum(names), reason: reason.default('') }))
    .min(1)
    .refine(
      (list) => list.every(({ from }, i) => i === 0 || list[i - 1]!.from < from),
      'expected states in the order of time',
    );

const lever = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('service-request'),
    id,
    name,
    'device-kinds': z.array(z.enum(DEVICE_KINDS)).min(1),
    roles: z.array(z.enum(ROLES)).min(1),
    states: states(SERVICE_REQUEST_STATES),
  }),
  z.strictObject({
    kind: z.literal('firmware'),
    id,
    name,
    codes: z.array(code).min(1),
    manufacturer: name,
    model: name,
    version,
    regions: z.array(z.enum(REGIONS)).default([]),
    'acting-party': z.enum(['supplier', 'csp']),
    states: states(FIRMWARE_STATES),
  }),
]);

export const LEVERS = z.strictObject({ version: form, levers: z.array(lever) });

const pause = z
  .strictObject({ from: moment, to: moment.optional(), reason: z.string() })
  .refine(({ from, to }) => to === undefined || from < to, {
    path: ['to'],
    error: 'expected a time after `from`',
  });

export const ROLLOUTS = z.strictObject({
  version: form,
  rollouts: z.array(
    z
      .strictObject({
        id,
        name,
        lever: id,
        begins: moment,
        ends: moment.optional(),
        pauses: z.array(pause).default([]),
        source: z.string().min(1),
      })
      .refine(({ begins, ends }) => ends === undefined || begins < ends, {
        path: ['ends'],
        error: 'expected a time after `begins`',
      }),
  ),
});

export const MIGRATIONS = z.strictObject({
  version: form,
  migrations: z.array(
    z.strictObject({ id, name, pauses: z.array(pause).default([]), source: z.string().min(1) }),
  ),
});

export const COMPONENTS = z.strictObject({
  version: form,
  components: z.array(
    z.strictObject({
      id,
      name,
      regions: z.array(z.enum(REGIONS)).default([]),
      unit: z.enum(['alerts/s', 'requests']),
      capacities: z
        .array(z.strictObject({ from: moment, capacity: z.number().positive() }))
        .min(1)
        .refine(
          (list) => list.every(({ from }, i) => i === 0 || list[i - 1]!.from < from),
          'expected capacities in the order of time',
        ),
      source: z.string().min(1),
    }),
  ),
});

/** Facts of codes; those outside the catalogue, which do arrive, remain `unknown-code` all the same. */
export const CODES = z.strictObject({
  version: form,
  codes: z.array(
    z.strictObject({
      code,
      /** In words that need no glossary. */
      plain: z.string().min(1),
      /** Must never be suppressed, as the catalogue's safety codes must not: a registry can add to these alone. */
      safety: z
        .literal(true, { error: 'expected true, or nothing: a safety code of the catalogue remains one' })
        .optional(),
      /** What its name is mistaken for. */
      'mistaken-for': z.string().optional(),
      /** Its counterpart on SMETS1 devices; left out where that is not known. */
      smets1: z.string().optional(),
      source: z.string().min(1),
    }),
  ),
});
