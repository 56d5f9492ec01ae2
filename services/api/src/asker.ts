import {
  type FORMATS,
  type Manifest,
  type Opened,
  openExport,
  type Question,
  type Summary,
  summariseExport,
  type Wanted,
} from '@tocsin/answers';
import { keepManifest, readManifest, type Store } from '@tocsin/clickhouse';
import type { z } from 'zod';
import { askerOf, type Viewer } from './guard/viewer.ts';

/** What one query, and one export, may take: ms, and bytes of the memory of the store. */
export interface Limits {
  readonly queryTimeoutMs: number;
  readonly queryMemoryBytes: number;
  /** From the asking to the last byte. */
  readonly exportTimeoutMs: number;
}

/** Answers a question to one viewer: the only way from a route to the store, beside exports. */
export type Ask = (question: Question, asked: z.output<z.ZodObject>) => Promise<Record<string, unknown>>;

/** Begins an export for one viewer, whose manifest is kept before its body ends. */
export type Begin = (
  wanted: Pick<Wanted, 'one' | 'given' | 'asked'> & { readonly format: (typeof FORMATS)[number] },
) => Promise<Opened>;

/** The manifest of an export that this viewer made, by its id; null: there is none. */
export type FindManifest = (id: string) => Promise<Manifest | null>;

/** Sums an export's rows for one viewer. */
export type Summarise = (wanted: Pick<Wanted, 'one' | 'given' | 'asked'>) => Promise<Summary>;

/** @param signal ends what is under way, here and on the server */
export type Asker = (
  viewer: Viewer,
  signal: AbortSignal,
) => {
  readonly ask: Ask;
  readonly beginExport: Begin;
  readonly findManifest: FindManifest;
  readonly summarise: Summarise;
};

/** Whatever a route asks is asked for its viewer's own devices, within the limits, as long as they wait for it. */
export function createAsker(
  store: Store,
  { queryTimeoutMs, queryMemoryBytes: memoryBytes, exportTimeoutMs }: Limits,
): Asker {
  return (viewer, signal) => {
    const { party } = viewer;
    const asker = askerOf(viewer);
    const bounded = (requestTimeoutMs: number) =>
      store.within({
        signal,
        requestTimeoutMs,
        settings: { max_memory_usage: String(memoryBytes) },
      });
    const timeoutSeconds = Math.ceil(exportTimeoutMs / 1000);
    const bounds = { memoryBytes, timeoutSeconds };
    return {
      summarise: (wanted) => summariseExport(bounded(exportTimeoutMs), { ...wanted, ...bounds }, { party }),
      ask: async (question, asked) =>
        (await question.answer(bounded(queryTimeoutMs), asked, { party })) as Record<string, unknown>,
      findManifest: (id) => readManifest<Manifest>(bounded(queryTimeoutMs), asker, id),
      beginExport: async (wanted) => {
        const opened = await openExport(
          bounded(exportTimeoutMs),
          { ...wanted, ...bounds },
          { party },
          (manifest) => keepManifest(bounded(queryTimeoutMs), asker, manifest),
        );
        const over = setTimeout(
          () => opened.body.destroy(new Error('the export takes too long')),
          exportTimeoutMs,
        );
        opened.body.once('close', () => clearTimeout(over));
        return opened;
      },
    };
  };
}
