import { hoursOf } from '../hours.ts';
import { type Asked, fieldOf } from './asked.ts';
import { DIMENSION_NAMES, DIMENSIONS, GRAINS, MEASURES, type Measure } from './columns.ts';

export interface Way {
  /** Over which view. */
  readonly view: 'party_volume' | 'protected_volume';
  /** Rows at most; without one all. */
  readonly limit?: number;
  /** Values that each filter lets through beside those that are asked for. */
  readonly always: readonly string[];
  /** How each measure is counted. */
  readonly measures: Readonly<Record<Measure, string>>;
  /** What stands for a text, and for a moment. */
  readonly text: (sql: string) => string;
  readonly time: (sql: string) => string;
}

const same = (sql: string) => sql;
/** As a question is answered. */
const ANSWERED: Way = { view: 'party_volume', always: [], measures: MEASURES, text: same, time: same };

/**
 * The query for what is asked: its columns come from the maps, all values are parameters. @param party empty: all
 */
export function queryOf(
  asked: Asked,
  party: string,
  way: Partial<Way> = {},
): { sql: string; params: Record<string, unknown> } {
  const { by = [], measures, grain, order } = asked;
  const { view, limit, always, measures: counts, text, time } = { ...ANSWERED, ...way };
  const { from, to } = hoursOf(asked);
  const params: Record<string, unknown> = { from, to, party, ...(limit === undefined ? {} : { limit }) };
  const where: string[] = [];
  for (const dimension of DIMENSION_NAMES) {
    const field = fieldOf(dimension);
    if (asked[field] === undefined) continue;
    params[`only_${field}`] = [...asked[field], ...always];
    where.push(`volume.${DIMENSIONS[dimension]} IN {only_${field}:Array(String)}`);
  }
  const keys = [
    ...(grain === 'none' ? [] : [{ name: 'time', sql: time(GRAINS[grain]) }]),
    ...by.map((name) => ({ name, sql: text(`volume.${DIMENSIONS[name]}`) })),
  ];
  const columns = [...keys, ...measures.map((name) => ({ name, sql: counts[name] }))];
  const { column, descending } =
    order ??
    (grain === 'none'
      ? { column: measures[0]!, descending: true }
      : { column: 'time' as const, descending: false });
  const names = [...new Set([column, ...measures, ...keys.map(({ name }) => name)])];
  const sql = [
    `SELECT ${columns.map(({ name, sql }) => `${sql} AS \`${name}\``).join(', ')}`,
    `FROM ${view}(from = {from:String}, to = {to:String}, party = {party:String}) AS volume`,
    ...(where.length > 0 ? [`WHERE ${where.join(' AND ')}`] : []),
    ...(keys.length > 0 ? [`GROUP BY ${keys.map(({ name }) => `\`${name}\``).join(', ')}`] : []),
    `ORDER BY ${names.map((name) => `\`${name}\`${isDescending(name) ? ' DESC' : ''}`).join(', ')}`,
    ...(limit === undefined ? [] : ['LIMIT {limit:UInt32}']),
  ].join('\n');
  return { sql, params };

  function isDescending(name: string): boolean {
    return name === column ? descending : name in MEASURES;
  }
}
