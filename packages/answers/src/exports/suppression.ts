import { type FileFormat, readKeptFrom } from '@tocsin/clickhouse';
import { dayOf, startOf } from '@tocsin/domain';
import { z } from 'zod';
import { hoursOf } from '../hours.ts';
import { PERIOD } from '../period.ts';
import { Unknown } from '../question.ts';
import { CLASS, type Class, isProtected, wholeDays } from './classes.ts';
import { exported } from './export.ts';

const ATTRIBUTES = [
  ...['alert_code', 'kind', 'manufacturer', 'model', 'firmware', 'region', 'supplier', 'gas_supplier'],
  ...['network_operator', 'responsible_party', 'role', 'obstacle'],
];
const COUNTS = ['alerts', 'messages', 'suppressible', 'already_off'];

/** What a file of a class has of which view: its texts and flags, which are its order, and numbers. */
interface Table {
  readonly view: 'suppression_devices' | 'suppression_protected';
  readonly texts: readonly string[];
  readonly flags: readonly string[];
  /** SQL by column. */
  readonly counts: Readonly<Record<string, string>>;
  /** Rows that are alike in texts and flags are counted together. */
  readonly grouped: boolean;
}

const countedBy = (count: (column: string) => string) =>
  Object.fromEntries(COUNTS.map((column) => [column, count(`rows.${column}`)]));
const DEVICES = { view: 'suppression_devices', flags: ['available', 'off'] } as const;
const PROTECTED = {
  view: 'suppression_protected',
  flags: [],
  // To the ten below: two that differ by few devices look alike.
  counts: { devices: 'intDiv(sum(rows.devices), 10) * 10' },
  grouped: true,
} as const;
const NATIONAL = ['alert_code', 'available', 'obstacle', 'off', 'arriving'];

const TABLES: Readonly<Record<Class, Table>> = {
  red: {
    ...DEVICES,
    texts: ['device', ...ATTRIBUTES],
    counts: countedBy((column) => column),
    grouped: false,
  },
  amber: {
    ...DEVICES,
    texts: ATTRIBUTES,
    counts: { devices: 'count()', ...countedBy((column) => `sum(${column})`) },
    grouped: true,
  },
  green: { ...PROTECTED, texts: [...NATIONAL, 'kind', 'region', 'role'] },
  white: { ...PROTECTED, texts: NATIONAL },
};

/** The suppression report whole (actions 33/14, 33/15, 34/03): availability and use by code, party and device. */
export const suppression = exported({
  name: 'suppression',
  summary: 'what can be switched off, what is, and what arrives all the same: by code, party and device',
  example: '--class red --from 2020-07-01 --to 2020-07-08',
  asked: z.strictObject({ class: CLASS, ...PERIOD }).superRefine(wholeDays),
  async check(store, { from }) {
    const kept = await readKeptFrom(store);
    if (kept !== null && from < startOf(kept))
      throw new Unknown(
        'from',
        dayOf(from),
        `alerts of before ${kept} are kept as counts alone, without their devices: expected a period from then on`,
      );
  },
  query(asked, party, format) {
    const { from, to } = hoursOf(asked);
    const table = TABLES[asked.class];
    // A party's own in order: how they stand would else depend on what else there is. All devices come as they are found, for
    // their order takes as long as all the rest.
    const ordered = table.grouped || party !== '';
    return { sql: queryOf(table, ordered, format), params: { from, to, party } };
  },
  sums({ class: of }) {
    const devices = of === 'red' ? '1' : '`devices`';
    const whereIs = (column: string) => `sumIf(${devices}, toString(\`${column}\`) IN ('true', 'yes'))`;
    return {
      by: [
        { column: 'code', title: 'By code' },
        isProtected(of)
          ? of === 'green' && { column: 'role', title: 'By role of whom the code is for' }
          : { column: 'responsible-party', title: 'By whom the code is for' },
        { column: 'obstacle', title: 'Why it can’t be switched off; –: it can' },
      ].filter((table) => table !== false),
      drawn: { first: 3, unit: 'devices, once for each code' },
      counts: {
        'devices and codes': `sum(${devices})`,
        ...(isProtected(of)
          ? {
              'can be switched off, at least': whereIs('available'),
              'are switched off, at least': whereIs('off'),
              'came although off, at least': whereIs('arriving'),
              'in groups too small to tell': `sumIf(${devices}, \`available\` = 'other')`,
            }
          : {
              'can be switched off': whereIs('available'),
              'are switched off': whereIs('off'),
              alerts: 'sum(`alerts`)',
              'alerts that could be switched off': 'sum(`suppressible`)',
              'alerts that came although off': 'sum(`already-off`)',
            }),
      },
    };
  },
});

function queryOf(
  { view, texts, flags, counts, grouped }: Table,
  ordered: boolean,
  { text }: FileFormat,
): string {
  const keys = [
    ...texts.map(
      (column) =>
        [column, column === 'device' ? 'toString(rows.device)' : text(`toString(rows.${column})`)] as const,
    ),
    ...flags.map((column) => [column, `rows.${column}`] as const),
  ];
  const names = keys.map(([column]) => `\`${nameOf(column)}\``).join(', ');
  return [
    `SELECT ${[...keys, ...Object.entries(counts)].map(([column, sql]) => `${sql} AS \`${nameOf(column)}\``).join(', ')}`,
    `FROM ${view}(from = {from:String}, to = {to:String}, party = {party:String}) AS rows`,
    ...(grouped ? [`GROUP BY ${names}`] : []),
    ...(ordered ? [`ORDER BY ${names}`] : []),
  ].join('\n');
}

/** As volumes name what they are told apart by. */
const nameOf = (column: string) => (column === 'alert_code' ? 'code' : column.replaceAll('_', '-'));
