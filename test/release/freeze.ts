import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TARGETS } from '@tocsin/clickhouse';
import { startEngines } from '../support/engines.ts';
import { startInventoryFeed } from '../support/inventory-feed.ts';
import { openLane } from '../support/lane.ts';
import { tocsin } from '../support/service.ts';
import { until } from '../support/until.ts';

/**
 * `npm run freeze -- 0.2.0`: a small store as this version makes it, kept as a backup, so that every later version is
 * tried on its data. It is done once, when the version is released.
 */
const RELEASES = fileURLToPath(new URL('../../fixtures/releases/', import.meta.url));
const MESSAGES = 2000;

const version = process.argv[2] ?? '';
if (!/^\d+\.\d+\.\d+$/.test(version)) throw new Error('which version? npm run freeze -- 0.2.0');
const folder = join(RELEASES, version);
if (existsSync(folder)) throw new Error(`${folder} is there: a release is frozen once`);

const engines = await startEngines();
const lane = await openLane(engines, 'freeze', { FEED_SPACING_MS: '10000' });
try {
  const services = [lane.processor(), lane.inventory(), lane.builder()];
  const {
    accepted: { messages, alerts },
  } = await lane.feed({ count: MESSAGES });
  await until('the alerts', async () => (await countOf('alerts')) === messages);
  const inventory = await startInventoryFeed(lane);
  await inventory.tell();
  await inventory.tell();
  await inventory.settled();
  await inventory.close();
  await until('builds of all that is closed', async () => {
    const built = await Promise.all(TARGETS.map(({ table }) => countOf(table)));
    return built.every((rows) => rows > 0);
  });
  for (const service of services) await service.kill('SIGTERM');
  const { code, stderr } = await tocsin(['backup', folder], lane.env);
  if (code !== 0) throw new Error(stderr);
  await writeFile(join(folder, 'truth.json'), `${JSON.stringify({ accepted: { messages, alerts } })}\n`);
} catch (error) {
  await rm(folder, { recursive: true, force: true });
  throw error;
} finally {
  await lane.close();
  await engines.stop();
}

async function countOf(table: string): Promise<number> {
  const [row] = await lane.store.rows<{ n: number }>(`SELECT count() AS n FROM ${table}`);
  return row!.n;
}
