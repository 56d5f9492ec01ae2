import type { Store } from '@tocsin/clickhouse';
import type { Assignment } from '@tocsin/intake';
import { expect, test, vi } from 'vitest';
import { drain } from './drain.ts';

const STREAM = 'cluster/alerts/1';
const DAY_MS = 86_400_000;

/** Partitions as they are asked, and what is said of them: `told` what was said before. */
function world(partitions: Assignment['partitions'], told: { partition: number; before: number }[] = []) {
  const said: string[] = [];
  let known = 0;
  const store = {
    rows: async () => told,
    insert: async ({ body }: { body: string }) => void said.push(body),
  } as unknown as Store;
  const part = drain({
    store,
    sealed: {
      before: () => known,
      follow: async () => {
        known = DAY_MS;
        return known;
      },
    },
    assignment: () => ({ stream: STREAM, partitions, lasts: () => true }),
    log: { warn: vi.fn(), error: vi.fn() } as never,
  });
  return { part, said, known: () => known };
}

test('a partition is drained once what was planned before is stored, and not sooner', async () => {
  let store: (arrived: boolean) => void = () => {};
  const stored = new Promise<boolean>((resolve) => {
    store = resolve;
  });
  const asked = vi.fn(() => stored);
  const { part, said, known } = world(new Map([[3, { halted: false, settled: asked }]]));
  part.start?.();
  await vi.waitFor(() => expect(asked).toHaveBeenCalled());
  // Plans that are made from now on know what is sealed.
  expect(known()).toBe(DAY_MS);
  expect(said).toEqual([]);
  store(true);
  await vi.waitFor(() => expect(said).toEqual([`${STREAM}\t3\t1970-01-02 00:00:00\n`]));
  await part.stop?.();
});

test('nothing is said of a partition that stands still, has a plan to do again, or was told of', async () => {
  const settled = vi.fn(async () => true);
  const partitions = new Map([
    [0, { halted: true, settled }],
    [1, { halted: false, settled: async () => false }],
    [2, { halted: false, settled }],
    [4, { halted: false, settled: vi.fn(async () => true) }],
  ]);
  const { part, said } = world(partitions, [{ partition: 2, before: DAY_MS }]);
  part.start?.();
  await vi.waitFor(() => expect(said).toEqual([`${STREAM}\t4\t1970-01-02 00:00:00\n`]));
  expect(settled).not.toHaveBeenCalled();
  await part.stop?.();
});
