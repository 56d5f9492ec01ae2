import { CommanderError } from 'commander';

/** Exit codes of every command. */
export const EXIT = { ok: 0, failed: 1, usage: 2 } as const;

/** The command can't do what was asked, for a reason that its user can act on: one line, no stack. */
export class CliError extends Error {
  override readonly name = 'CliError';
}

/** What the command was told can't be meant. */
export class UsageError extends CliError {
  readonly exitCode = EXIT.usage;
}

/** Says on stderr what went wrong and gives the exit code for it. */
export function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  process.stderr.write(`tocsin: ${describe(error)}\n`);
  return exitCodeOf(error);
}

function exitCodeOf(error: unknown): number {
  const { exitCode } = (error ?? {}) as { exitCode?: unknown };
  return typeof exitCode === 'number' ? exitCode : EXIT.failed;
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // A fault of ours, not of the user's or of a server: whoever reports it needs the place.
  if (error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError) {
    return error.stack ?? error.message;
  }
  const own = error.message || ('code' in error ? String(error.code) : error.name);
  const cause = error.cause instanceof Error ? error.cause.message : '';
  return cause && !own.includes(cause) ? `${own}: ${cause}` : own;
}
