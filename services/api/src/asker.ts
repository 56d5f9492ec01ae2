import type { Question } from '@tocsin/answers';
import type { Store } from '@tocsin/clickhouse';
import type { z } from 'zod';
import type { Viewer } from './guard/viewer.ts';

export interface Limits {
  readonly queryTimeoutMs: number;
  readonly queryMemoryBytes: number;
}

/** Answers a question to one viewer: the only way from a route to the store. */
export type Ask = (question: Question, asked: z.output<z.ZodObject>) => Promise<Record<string, unknown>>;

/** @param signal ends what is under way, here and on the server */
export type Asker = (viewer: Viewer, signal: AbortSignal) => Ask;

/** Whatever a route asks is asked for its viewer's own devices, within the limits, as long as they wait for it. */
export function createAsker(store: Store, { queryTimeoutMs, queryMemoryBytes }: Limits): Asker {
  return ({ party }, signal) => {
    const bounded = store.within({
      signal,
      requestTimeoutMs: queryTimeoutMs,
      settings: { max_memory_usage: String(queryMemoryBytes) },
    });
    return async (question, asked) =>
      (await question.answer(bounded, asked, { party })) as Record<string, unknown>;
  };
}
