import { setTimeout as pause } from 'node:timers/promises';
import type { Store } from '@tocsin/clickhouse';
import type { Service } from '../support/service.ts';
import type { Topic } from './topic.ts';

/** Each look costs the store a few ms of CPU; this is 3% of a core, and the most that a time is too long by. */
const LOOK_AGAIN_MS = 100;
/** Slower than this is a fault. */
const LEAST_PER_SECOND = 5000;
const LEAST_SECONDS = 60;

/** @throws Error when a process that must live has ended, or it takes far too long */
export async function untilReached(
  { messages }: Topic,
  services: readonly Service[],
  reached: () => Promise<boolean>,
): Promise<void> {
  const seconds = LEAST_SECONDS + messages / LEAST_PER_SECOND;
  const deadline = performance.now() + seconds * 1000;
  let ended: string | null = null;
  for (const { exited, lines } of services)
    void exited.then(() => {
      ended = `a process ended: ${JSON.stringify(lines.slice(-3))}`;
    });
  while (!(await reached())) {
    if (ended !== null) throw new Error(ended);
    if (performance.now() > deadline) throw new Error(`not done after ${seconds} s`);
    await pause(LOOK_AGAIN_MS);
  }
}

/** Whether the raw table has all rows: a question that costs next to nothing. */
export function hasRows(store: Store, messages: number): () => Promise<boolean> {
  return async () => {
    const [row] = await store.rows<{ n: number }>('SELECT count() AS n FROM alerts');
    if (row!.n > messages) throw new Error(`${row!.n} rows of ${messages} messages`);
    return row!.n === messages;
  };
}
