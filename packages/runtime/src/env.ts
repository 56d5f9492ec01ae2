import { z } from 'zod';
import { maskSecret, maskUrls } from './mask.ts';
import { fileVariable, readSecretFiles } from './secret-files.ts';

/** Variables by name, as `process.env` has them. */
export type Env = Readonly<Record<string, string | undefined>>;

/** The configuration can't be used. `faults` has one line for each variable at fault; exit code 2. */
export class ConfigError extends Error {
  readonly exitCode = 2;
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(
      `configuration: ${faults.length === 1 ? '1 fault' : `${faults.length} faults`}\n  ${faults.join('\n  ')}`,
    );
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

const secrets = z.registry<{ hidden: boolean }>();

/** Declares a field whose value is never shown, in faults or in `tocsin config`. It may be given by file. */
export function secret<T extends z.ZodType>(schema: T): T {
  secrets.add(schema, { hidden: true });
  return schema;
}

/** Declares a field that is shown, but for the password in it. It may be given by file. */
export function mayCarrySecret<T extends z.ZodType>(schema: T): T {
  secrets.add(schema, { hidden: false });
  return schema;
}

/**
 * Reads a service's configuration. The schema's keys are variable names; an empty variable counts as not set. In place
 * of a variable `X` that may carry a secret, `X_FILE` may name a file that has its value.
 * @throws ConfigError with every fault at once, each naming the variable, its value and what was expected.
 */
export function parseEnv<S extends z.ZodObject>(schema: S, env: Env): z.output<S> {
  const files = readSecretFiles(secretNames(schema), env);
  const result = schema.safeParse(pick(schema, { ...env, ...files.values }));
  if (result.success && files.faults.length === 0) return result.data;
  const faults = (result.error?.issues ?? []).flatMap((issue) => {
    const name = String(issue.path[0] ?? 'configuration');
    const value = env[name];
    if (!(name in schema.shape)) return issue.message;
    if (files.faulty.has(name)) return [];
    // What a file has is not shown at all: it may be the wrong one of the secrets.
    if (name in files.values)
      return `${name} has no such value in the file that ${fileVariable(name)} names: ${issue.message}`;
    if (!value) return `${name} is not set: ${issue.message}`;
    return `${name} is ${JSON.stringify(shown(schema, name, value))}: ${issue.message}`;
  });
  throw new ConfigError([...new Set([...files.faults, ...faults])]);
}

/** What holds of one variable, its secrets masked; `meaning` is in words, empty where the schema has none. */
export interface ConfigLine {
  readonly name: string;
  readonly value: string;
  readonly from: 'environment' | 'file' | 'default';
  readonly meaning: string;
}

/** What holds, secrets masked: one line for each variable of the schema. Throws ConfigError as parseEnv does. */
export function describeConfig(schema: z.ZodObject, env: Env): ConfigLine[] {
  const config = parseEnv(schema, env);
  return Object.entries(schema.shape).map(([name, field]) => ({
    name,
    value: shown(schema, name, config[name]),
    from: env[name]
      ? 'environment'
      : secretNames(schema).includes(name) && env[fileVariable(name)]
        ? 'file'
        : 'default',
    meaning: find(field, (layer) => (layer as z.ZodType).description) ?? '',
  }));
}

function pick(schema: z.ZodObject, env: Env): Record<string, string> {
  const names = Object.keys(schema.shape).filter((name) => env[name]);
  return Object.fromEntries(names.map((name) => [name, env[name] as string]));
}

function secretNames(schema: z.ZodObject): string[] {
  return Object.keys(schema.shape).filter((name) => secrecy(schema, name) !== undefined);
}

function secrecy(schema: z.ZodObject, name: string): { hidden: boolean } | undefined {
  return find(schema.shape[name] as z.core.$ZodType, (layer) => secrets.get(layer));
}

function shown(schema: z.ZodObject, name: string, value: unknown): string {
  if (secrecy(schema, name)?.hidden) return maskSecret(value);
  return maskUrls(Array.isArray(value) ? value.join(',') : value === undefined ? '' : String(value));
}

/** The first answer from a schema or those that it wraps (default, optional, pipe). */
function find<T>(schema: z.core.$ZodType, ask: (layer: z.core.$ZodType) => T | undefined): T | undefined {
  const answer = ask(schema);
  if (answer !== undefined) return answer;
  const def = schema._zod.def as { innerType?: z.core.$ZodType; in?: z.core.$ZodType };
  const inner = def.innerType ?? def.in;
  return inner && find(inner, ask);
}
