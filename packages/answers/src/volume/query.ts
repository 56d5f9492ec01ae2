import { hoursOf } from '../hours.ts';
import { type Asked, fieldOf } from './asked.ts';
import { DIMENSION_NAMES, DIMENSIONS, GRAINS, MEASURES } from './columns.ts';

/**
 * The query for what is asked: its columns come from the maps, all values are parameters. One row more than the limit is
 * read, by which one knows that there are more. @param party empty: all
 */
export function queryOf(asked: Asked, party: string): { sql: string; params: Record<string, unknown> } {
  const { by = [], measures, grain, order, limit } = asked;
  const { from, to } = hoursOf(asked);
  const params: Record<string, unknown> = { from, to, party, limit: limit + 1 };
  const where: string[] = [];
  for (const dimension of DIMENSION_NAMES) {
    const field = fieldOf(dimension);
    if (asked[field] === undefined) continue;
    params[`only_${field}`] = asked[field];
    where.push(`volume.${DIMENSIONS[dimension]} IN {only_${field}:Array(String)}`);
  }
  const keys = [
    ...(grain === 'none' ? [] : [{ name: 'time', sql: GRAINS[grain] }]),
    ...by.map((name) => ({ name, sql: `volume.${DIMENSIONS[name]}` })),
  ];
  const columns = [...keys, ...measures.map((name) => ({ name, sql: MEASURES[name] }))];
  const { column, descending } =
    order ??
    (grain === 'none'
      ? { column: measures[0]!, descending: true }
      : { column: 'time' as const, descending: false });
  const names = [...new Set([column, ...measures, ...keys.map(({ name }) => name)])];
  const sql = [
    `SELECT ${columns.map(({ name, sql }) => `${sql} AS \`${name}\``).join(', ')}`,
    'FROM party_volume(from = {from:String}, to = {to:String}, party = {party:String}) AS volume',
    ...(where.length > 0 ? [`WHERE ${where.join(' AND ')}`] : []),
    ...(keys.length > 0 ? [`GROUP BY ${keys.map(({ name }) => `\`${name}\``).join(', ')}`] : []),
    `ORDER BY ${names.map((name) => `\`${name}\`${isDescending(name) ? ' DESC' : ''}`).join(', ')}`,
    'LIMIT {limit:UInt32}',
  ].join('\n');
  return { sql, params };

  function isDescending(name: string): boolean {
    return name === column ? descending : name in MEASURES;
  }
}
