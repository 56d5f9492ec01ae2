import { CliError } from '../errors.ts';
import { type Child, startChild } from './children.ts';
import type { Engines } from './engines.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** The services that run beside us. */
export interface Crew {
  /** @param env over what all of them get */
  begin(name: string, args: readonly string[], env?: Env): Promise<Child>;
  /** Rejects once an engine or one of them has ended by itself. */
  readonly failed: Promise<never>;
  /** Stops them, the last one first. */
  stop(): Promise<void>;
}

export function createCrew(engines: Engines, env: Env, logs: string): Crew {
  const children: Child[] = [];
  let fail: (error: CliError) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  // Whoever waits for the work waits for this as well; once it is done nobody does.
  failed.catch(() => {});
  void engines.ended.then((how) => fail(new CliError(how)));
  return {
    failed,
    async begin(name, args, more = {}) {
      const child = await startChild({ name, args, env: { ...env, ...more }, logs });
      children.push(child);
      void child.ended.then((how) =>
        fail(new CliError(`${name} ${how}; its last lines:\n${child.lastLines().join('\n')}`)),
      );
      return child;
    },
    async stop() {
      for (const child of children.toReversed()) await child.stop();
    },
  };
}
