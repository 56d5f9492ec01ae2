import { z } from 'zod';
import { PERIOD } from '../period.ts';
import { DIMENSION_NAMES, type Dimension, GRAIN_NAMES, MEASURE_NAMES } from './columns.ts';

const MOST_ROWS = 10_000;

/** Names of a list, separated by commas, each once. */
const listOf = <const Name extends string>(names: readonly Name[], meaning: string) => {
  const error = `expected one or more of ${names.join(', ')}, separated by commas`;
  return z
    .string({ error })
    .transform((text) => [...new Set(text.split(','))])
    .pipe(z.array(z.enum(names, { error })))
    .describe(`${meaning}: ${names.join(', ')}`);
};

/** Values of a dimension; empty: where there is none. */
const filter = (dimension: Dimension) =>
  z
    .string()
    .max(1000, { error: 'expected at most 1000 characters' })
    .transform((text) => text.split(','))
    .optional()
    .describe(`only these values of ${dimension}, separated by commas; an empty one: where it has none`);

type Named<Kebab extends string> = Kebab extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<Named<Tail>>}`
  : Kebab;
export const fieldOf = <Name extends Dimension>(name: Name) =>
  name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()) as Named<Name>;

const FILTERS = Object.fromEntries(DIMENSION_NAMES.map((name) => [fieldOf(name), filter(name)])) as Record<
  Named<Dimension>,
  ReturnType<typeof filter>
>;

const COLUMNS = ['time', ...MEASURE_NAMES, ...DIMENSION_NAMES] as const;
type Column = (typeof COLUMNS)[number];
const ORDER = `expected one of ${COLUMNS.join(', ')} that is asked for, with a - before it for the greatest first`;
const LIMIT = `expected a whole number from 1 to ${MOST_ROWS}`;

const FIELDS = {
  ...PERIOD,
  by: listOf(DIMENSION_NAMES, 'what volumes are told apart by, separated by commas, of').optional(),
  measures: listOf(MEASURE_NAMES, 'what is counted, by default alerts').default(['alerts']),
  grain: z
    .enum(GRAIN_NAMES, { error: `expected one of ${GRAIN_NAMES.join(', ')}` })
    .default('none')
    .describe('length of a row’s time, in London; by default none: the whole period'),
  order: z
    .string()
    .regex(new RegExp(`^-?(${COLUMNS.join('|')})$`), { error: ORDER, abort: true })
    .transform((text) => ({
      column: text.replace(/^-/, '') as Column,
      descending: text.startsWith('-'),
    }))
    .optional()
    .describe('by which column; by default time, or the greatest of the first measure'),
};

/**
 * What is asked of volumes, and `fields` beside. Each by name as text; nothing of it becomes part of a query but by way of
 * the maps of columns.
 */
export const asks = <Fields extends z.ZodRawShape>(fields: Fields) =>
  z.strictObject({ ...FIELDS, ...fields, ...FILTERS }).superRefine((asked, { addIssue }) => {
    const { by = [], measures, grain, order } = asked as unknown as z.output<z.ZodObject<typeof FIELDS>>;
    const there: readonly Column[] = [...(grain === 'none' ? [] : (['time'] as const)), ...measures, ...by];
    if (order && !there.includes(order.column))
      addIssue({
        code: 'custom',
        path: ['order'],
        message: `expected one of what is asked for: ${there.join(', ')}`,
      });
  });

/** A volume as a table: of many rows the first. */
export const ASKED = asks({
  limit: z
    .string()
    .regex(/^\d{1,5}$/, { error: LIMIT, abort: true })
    .transform(Number)
    .refine((limit) => limit >= 1 && limit <= MOST_ROWS, { error: LIMIT })
    .default(1000)
    .describe(`rows at most, up to ${MOST_ROWS}; by default 1000`),
});

export type Asked = Omit<z.output<typeof ASKED>, 'limit'>;
