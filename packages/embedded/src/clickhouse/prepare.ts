import type { Connection } from './engine.ts';
import { DatabaseError } from './errors.ts';
import type { HttpQuery } from './request.ts';

/** Gives a connection the database, roles, settings and parameters of one query. */
export async function prepare(connection: Connection, query: HttpQuery): Promise<void> {
  if (query.database) await connection.query(`USE ${identifier(query.database)}`);
  if (query.roles.length > 0) await connection.query(`SET ROLE ${query.roles.map(identifier).join(', ')}`);
  const params = [...query.params].map(([name, value]) => `param_${word(name)} = ${literal(value)}`);
  const settings = [...query.settings].map(([name, value]) => `${word(name)} = ${literal(value)}`);
  const all = [...params, ...settings];
  if (all.length > 0) await connection.query(`SET ${all.join(', ')}`);
}

/**
 * As {@link prepare}, for a session's connection: what the query changes is put back afterwards.
 * @returns puts it back
 */
export async function prepareForOnce(connection: Connection, query: HttpQuery): Promise<() => Promise<void>> {
  const names = ['', ...query.settings.keys()].map(literal).join(', ');
  const { bytes } = await connection.query(
    `SELECT currentDatabase(), groupArray((name, value, changed)) FROM system.settings WHERE name IN (${names})`,
    'JSONCompactEachRow',
  );
  const [database, settings] = JSON.parse(Buffer.from(bytes).toString()) as [
    string,
    [string, string, number][],
  ];
  const old = settings.map(([name, value, changed]) => `${name} = ${changed ? literal(value) : 'DEFAULT'}`);
  await prepare(connection, query);
  return async () => {
    if (query.database) await connection.query(`USE ${identifier(database)}`);
    if (old.length > 0) await connection.query(`SET ${old.join(', ')}`);
  };
}

/** A string literal of ClickHouse SQL. */
export function literal(value: string): string {
  return `'${value.replace(/[\\']/g, '\\$&')}'`;
}

/** A quoted identifier of ClickHouse SQL. */
export function identifier(name: string): string {
  return `\`${name.replace(/[\\`]/g, '\\$&')}\``;
}

function word(name: string): string {
  if (!/^\w+$/.test(name)) throw new DatabaseError(115, 'UNKNOWN_SETTING', `Unknown setting '${name}'`);
  return name;
}
