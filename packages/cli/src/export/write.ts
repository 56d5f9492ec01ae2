import { createWriteStream } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type FORMATS, type Manifest, openExport, type Wanted } from '@tocsin/answers';
import { createStore, readParties } from '@tocsin/clickhouse';
import { expectKnown } from '../commands/asked.ts';
import type { readExportConfig } from '../config.ts';
import { progressBar } from '../progress-bar.ts';

const MEGABYTE = 1_000_000;

export interface Asked extends Pick<Wanted, 'one' | 'asked' | 'given'> {
  readonly party: string | null;
}

/** Writes an export and its manifest, which are there once they are whole. */
export async function writeExport(
  file: string,
  format: (typeof FORMATS)[number],
  { connection, ...bounds }: ReturnType<typeof readExportConfig>,
  { party, ...wanted }: Asked,
): Promise<Manifest> {
  const part = `${file}.part`;
  const store = createStore(connection);
  const bar = progressBar({ unit: 'MB' });
  try {
    if (party !== null) expectKnown(party, await readParties(store));
    let manifest: Manifest | undefined;
    const { body, bytes } = await openExport(store, { ...wanted, ...bounds, format }, { party }, (whole) => {
      manifest = whole;
    });
    const shown = new Transform({
      transform(chunk, _, done) {
        bar.show(bytes() / MEGABYTE, Number.POSITIVE_INFINITY);
        done(null, chunk);
      },
    });
    await pipeline(body, shown, createWriteStream(part));
    // A file without a manifest is not believed, and never is one beside another's.
    await rm(`${file}.manifest.json`, { force: true });
    await rename(part, file);
    await writeFile(`${file}.manifest.json`, `${JSON.stringify(manifest, null, 2)}\n`);
    return manifest!;
  } finally {
    bar.end();
    await rm(part, { force: true });
    await store.close();
  }
}
