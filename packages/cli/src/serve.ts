import type { Command } from 'commander';
import { envOf } from './options.ts';

interface Service {
  run(env: Record<string, string | undefined>, signal: AbortSignal): Promise<number>;
}

/** Runs a service in front until it ends or is told to stop, and exits with its code. */
export async function serve(command: Command, load: () => Promise<Service>): Promise<never> {
  const [{ run }, { untilSignalled }] = await Promise.all([load(), import('@tocsin/runtime')]);
  process.exit(await run(envOf(command), AbortSignal.any([untilSignalled(), parentGone()])));
}

/** Aborted when the process that started us with a channel to it is gone, however it ended. */
function parentGone(): AbortSignal {
  const controller = new AbortController();
  if (process.channel !== undefined) {
    process.once('disconnect', () => controller.abort('parent gone'));
    process.channel.unref();
  }
  return controller.signal;
}
