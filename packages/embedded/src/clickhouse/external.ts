import type { Connection } from './engine.ts';
import { DatabaseError } from './errors.ts';
import { runInsert } from './insert.ts';
import { identifier } from './prepare.ts';
import { parseInsert } from './statement.ts';

/** A table that the client sends along with its query: a part of a multipart form. */
export interface ExternalTable {
  name: string;
  columns: string;
  format: string;
  data: Buffer;
}

/**
 * Takes a multipart form apart: its plain fields are added to the URL's parameters, its files are tables.
 * @throws DatabaseError when a table's columns aren't given
 */
export async function readForm(
  body: Buffer,
  contentType: string,
  parameters: URLSearchParams,
): Promise<ExternalTable[]> {
  const form = await new Response(body, {
    headers: { 'content-type': contentType },
  })
    .formData()
    .catch((error) => {
      throw new DatabaseError(
        36,
        'BAD_ARGUMENTS',
        `Cannot read the multipart form: ${(error as Error).message}`,
      );
    });
  for (const [name, value] of form) if (typeof value === 'string') parameters.append(name, value);
  const tables: ExternalTable[] = [];
  for (const [name, value] of form)
    if (typeof value !== 'string')
      tables.push(await table(name, Buffer.from(await value.arrayBuffer()), parameters));
  return tables;
}

async function table(name: string, data: Buffer, parameters: URLSearchParams): Promise<ExternalTable> {
  const taken = (suffix: string): string | null => {
    const value = parameters.get(`${name}_${suffix}`);
    parameters.delete(`${name}_${suffix}`);
    return value;
  };
  const [structure, types, format] = [taken('structure'), taken('types'), taken('format')];
  // Commas inside brackets belong to a type.
  const numbered = types?.split(/,(?![^(]*\))/).map((type, at) => `_${at + 1} ${type}`);
  const columns = structure ?? numbered?.join(', ');
  if (!columns)
    throw new DatabaseError(
      36,
      'BAD_ARGUMENTS',
      `Neither structure nor types have not been provided for external table ${name}. Use fields '${name}_structure' or '${name}_types' to do so.`,
    );
  return { name, columns, format: format ?? 'TabSeparated', data };
}

/** Makes the tables on the connection, where they last as long as it does. */
export async function createTables(
  connection: Connection,
  tables: readonly ExternalTable[],
  newFile: () => string,
): Promise<void> {
  for (const { name, columns, format, data } of tables) {
    await connection.query(`CREATE TEMPORARY TABLE ${identifier(name)} (${columns}) ENGINE = Memory`);
    const text = `INSERT INTO ${identifier(name)} FORMAT ${format}`;
    const insert = parseInsert(text);
    if (!insert) throw new DatabaseError(73, 'UNKNOWN_FORMAT', `Unknown format ${format}`);
    const body = { bytes: data, rest: null };
    await runInsert(connection, { insert, text, inUrl: text.length, body }, newFile());
  }
}
