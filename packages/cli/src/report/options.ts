import { readFile } from 'node:fs/promises';
import { DEFINITION, type Definition, shiftWeeks, shippedDefinition } from '@tocsin/report';
import { CliError } from '../errors.ts';

export interface ReportOptions {
  definition?: string;
  from?: string;
  to?: string;
  weeks?: number;
}

/** The definition that is asked for: the shipped one or a file's, moved by whole weeks, over another period. */
export async function readDefinition(name: 'opsg-34', options: ReportOptions): Promise<Definition> {
  const definition = options.definition ? await readOwn(options.definition) : shippedDefinition(name);
  const moved = shiftWeeks(definition, options.weeks ?? 0);
  const { first, last } = moved.period;
  const period = { first: options.from ?? first, last: options.to ?? last };
  if (period.first > period.last)
    throw new CliError(`the period begins on ${period.first}, after its end on ${period.last}`);
  return { ...moved, period };
}

async function readOwn(file: string): Promise<Definition> {
  return parseFile(file, await readFile(file, 'utf8'), DEFINITION);
}

interface Schema<T> {
  safeParse(
    value: unknown,
  ):
    | { success: true; data: T }
    | { success: false; error: { issues: readonly { path: readonly PropertyKey[]; message: string }[] } };
}

/** The JSON of a file, held against a schema. Throws CliError, naming file, field and what was expected. */
export function parseFile<T>(file: string, text: string, schema: Schema<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new CliError(`${file} is not JSON: ${(error as Error).message}`);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(
    ({ path, message }) => `${path.map(String).join('.') || 'all'}: ${message}`,
  );
  throw new CliError(`${file}: ${faults.join('; ')}`);
}
