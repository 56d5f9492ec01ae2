import type { Command } from 'commander';
import { envOf } from './options.ts';

interface Service {
  run(env: Record<string, string | undefined>, signal: AbortSignal): Promise<number>;
}

/** Runs a service in front until it ends or is told to stop, and exits with its code. */
export async function serve(
  command: Command,
  load: () => Promise<Service>,
  more: Record<string, string | undefined> = {},
): Promise<never> {
  const [{ run }, signal] = await Promise.all([load(), stopSignal()]);
  process.exit(await run({ ...envOf(command), ...more }, signal));
}

/** Aborted when this process is told to stop, or left alone. */
export async function stopSignal(): Promise<AbortSignal> {
  const { untilSignalled } = await import('@tocsin/runtime');
  return AbortSignal.any([untilSignalled(), parentGone()]);
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
