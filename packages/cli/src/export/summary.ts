import { writeFile } from 'node:fs/promises';
import { type Summary, summariseExport } from '@tocsin/answers';
import { createStore, readParties } from '@tocsin/clickhouse';
import { summaryHtml } from '@tocsin/document';
import { expectKnown } from '../commands/asked.ts';
import type { readExportConfig } from '../config.ts';
import type { Asked } from './write.ts';

/** Writes an export at a glance, as one HTML file. */
export async function writeSummary(
  file: string,
  { connection, ...bounds }: ReturnType<typeof readExportConfig>,
  { party, ...wanted }: Asked,
): Promise<Summary> {
  const store = createStore(connection);
  try {
    if (party !== null) expectKnown(party, await readParties(store));
    const summary = await summariseExport(store, { ...wanted, ...bounds }, { party });
    await writeFile(file, summaryHtml(summary));
    return summary;
  } finally {
    await store.close();
  }
}
