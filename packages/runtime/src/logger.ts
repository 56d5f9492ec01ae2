import { type DestinationStream, type Logger, pino } from 'pino';
import type { LogLevel } from './fields.ts';
import { maskDeep, maskUrls } from './mask.ts';

export type { Logger };

/** Whose log it is, how much it has, and where it goes. */
export interface LoggerOptions {
  readonly level: LogLevel;
  readonly name: string;
  /** Where lines go; standard output unless given. */
  readonly to?: DestinationStream;
}

/**
 * JSON lines. Written synchronously, so that a line stands before the next instruction runs: after a SIGKILL
 * the log still says how far the process came. Fields with secret names and passwords in URLs are masked.
 */
export function createLogger({
  level,
  name,
  to = pino.destination({ dest: 1, sync: true }),
}: LoggerOptions): Logger {
  return pino(
    {
      level,
      name,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        log: (fields) => maskDeep(fields) as Record<string, unknown>,
      },
      // The fields are masked above, so errors come here as plain fields; pino's own serializer would rename them.
      serializers: { err: (fields: unknown) => fields },
      // Bindings of child loggers pass no formatter.
      redact: { paths: ['password', 'secret', 'token', 'authorization'], censor: '***' },
      hooks: { streamWrite: maskUrls },
    },
    to,
  );
}
