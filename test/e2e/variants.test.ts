import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Engines, startEngines } from '../support/engines.ts';
import { openLane } from '../support/lane.ts';
import { tocsin } from '../support/service.ts';
import { until } from '../support/until.ts';
import { type Compared, faultsOf, VARIANTS, writeVariant } from '../support/variants.ts';

const TOLD_MS = 240_000;
const CORRECTED_MS = 120_000;
const WHOLE_MS = 600_000;

let engines: Engines;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tocsin-variants-'));
  engines = await startEngines();
});
afterAll(async () => {
  await engines?.stop();
  await rm(folder, { recursive: true, force: true });
});

test.each(VARIANTS)(
  '$name: measured as the scenario has it, not as the minutes do',
  { timeout: WHOLE_MS },
  async (variant) => {
    const lane = await openLane(engines, variant.name);
    // What lanes set for the steady feed is not for a scenario.
    const env = Object.fromEntries(Object.entries(lane.env).filter(([name]) => !name.startsWith('FEED_')));
    const truthFile = join(folder, `${variant.name}.json`);
    try {
      lane.processor();
      lane.inventory();
      lane.builder();
      const days = ['--from', variant.from, '--to', variant.to];
      const options = [
        '--scenario',
        writeVariant(variant, folder),
        '--scale',
        String(variant.scale),
        '--seed',
        '1',
      ];
      const told = await tocsin(['simulate', ...options, ...days, '--truth', truthFile], env);
      expect(told.code).toBe(0);
      const { messages } = JSON.parse(await readFile(truthFile, 'utf8')).accepted;
      const counted = async () => {
        const [row] = await lane.store.rows<{ n: number }>('SELECT count() AS n FROM alerts');
        return row?.n === messages;
      };
      await until('all alerts to be in the store', counted, TOLD_MS);

      const compare = async () => {
        const { stdout } = await tocsin(['report', 'opsg-34', '--json', '--compare', truthFile], env);
        return JSON.parse(stdout.split('\n')[1]!) as { compared: Compared[]; unmeasured: string[] };
      };
      const untrue = ({ compared, unmeasured }: Awaited<ReturnType<typeof compare>>) => [
        ...compared.filter(({ kind, truth }) => kind === 'count' && truth?.verdict === 'does not agree'),
        ...unmeasured,
      ];
      // Inventory that comes late is put right after the alerts are counted.
      const deadline = performance.now() + CORRECTED_MS;
      let found = await compare();
      while (untrue(found).length > 0 && performance.now() < deadline) {
        await pause(2000);
        found = await compare();
      }
      expect(untrue(found)).toEqual([]);
      expect(faultsOf(variant, found.compared, variant.scale)).toEqual([]);
    } finally {
      await lane.close();
    }
  },
);
