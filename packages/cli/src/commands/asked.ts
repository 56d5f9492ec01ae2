import { type Command, InvalidArgumentError, Option } from 'commander';
import type { z } from 'zod';
import { UsageError } from '../errors.ts';

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** An option for each field of what may be asked. */
export function askOptions(command: Command, asked: z.ZodObject): void {
  for (const [name, field] of Object.entries(asked.shape)) {
    const flag = `--${kebab(name)} <value>`;
    const about = (field as { description?: string }).description ?? '';
    const optional = (field as { safeParse(value: unknown): { success: boolean } }).safeParse(
      undefined,
    ).success;
    if (optional) command.option(flag, about);
    else command.requiredOption(flag, `${about} (required)`);
  }
}

/**
 * What was given, as a schema reads it.
 * @throws UsageError with every fault, by its option
 */
export function readAsked<Asked extends z.ZodObject>(
  asked: Asked,
  given: Readonly<Record<string, unknown>>,
): z.output<Asked> {
  const read = asked.safeParse(given);
  if (read.success) return read.data;
  const faults = read.error.issues.map(({ path, message }) => {
    const name = String(path[0] ?? '');
    return `--${kebab(name)} ${String(given[name] ?? '')}: ${message}`;
  });
  throw new UsageError(faults.join('; '));
}

/** Whose devices alone it is about. */
export const partyOption = () =>
  new Option('--party <id>', 'its own devices only').argParser((id) => {
    if (id === '') throw new InvalidArgumentError('Expected the id of a party, such as sup-01.');
    return id;
  });

/** A misspelt party would be told that nothing is its own. */
export function expectKnown(party: string, known: readonly string[]): void {
  if (known.length > 0 && !known.includes(party))
    throw new UsageError(`--party ${party}: expected one that the registry has: ${known.join(', ')}`);
}

export const sentence = (text: string) => `${text[0]!.toUpperCase()}${text.slice(1)}.`;
