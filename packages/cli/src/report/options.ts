import { readFile } from 'node:fs/promises';
import { DEFINITION, type Definition, shippedDefinition } from '@tocsin/report';
import { UsageError } from '../errors.ts';

export interface ReportOptions {
  definition?: string;
}

/** The definition that is asked for: the shipped one, or a file's. */
export async function readDefinition(name: 'opsg-34', options: ReportOptions): Promise<Definition> {
  const { definition: file } = options;
  return file === undefined ? shippedDefinition(name) : parseFile(file, DEFINITION);
}

interface Schema<T> {
  safeParse(
    value: unknown,
  ):
    | { success: true; data: T }
    | { success: false; error: { issues: readonly { path: readonly PropertyKey[]; message: string }[] } };
}

/**
 * The JSON of a file, held against a schema.
 * @throws UsageError that names file, field and what was expected
 */
export async function parseFile<T>(file: string, schema: Schema<T>): Promise<T> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${file}: expected a file in JSON: ${(error as Error).message}`);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(
    ({ path, message }) => `${path.map(String).join('.') || 'all'}: ${message}`,
  );
  throw new UsageError(`${file}: ${faults.join('; ')}`);
}
