import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '@tocsin/clickhouse';
import { startClickHouse } from '@tocsin/embedded';

/** Database of a folder that `MIGRATED_STORE` names. */
export const MIGRATED = 'store_0';

/**
 * Before a suite: brings one store to its schema, of which each engine then begins with a copy. A hundred views cost an engine three
 * seconds of a processor, and a suite has an engine for each file.
 */
export async function setup(): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tocsin-migrated-'));
  const engine = await startClickHouse({ dataDir });
  await migrate({ url: engine.url, database: MIGRATED });
  await engine.stop();
  process.env.MIGRATED_STORE = dataDir;
  return () => rm(dataDir, { recursive: true });
}
