import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { loadRegistry, shippedRegistry } from './load.ts';
import { watchRegistry } from './watch.ts';

let folder: string;
beforeEach(() => {
  vi.useFakeTimers();
  folder = mkdtempSync(join(tmpdir(), 'tocsin-watch-'));
  cpSync(shippedRegistry(), folder, { recursive: true });
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

function write(change: (text: string) => string): void {
  const file = join(folder, 'parties.yaml');
  writeFileSync(`${file}.new`, change(readFileSync(file, 'utf8')));
  renameSync(`${file}.new`, file);
}

test('a changed set is taken over, a faulty one is told of once and the one before it holds', () => {
  const [versions, faults]: [string[], unknown[]] = [[], []];
  const options = { shiftWeeks: 0, everyMs: 1000 };
  const first = loadRegistry(folder, options);
  const watch = watchRegistry(folder, first.version, {
    ...options,
    onChange: ({ version }) => versions.push(version),
    onFault: (error) => faults.push(error),
  });
  vi.advanceTimersByTime(10_000);
  expect([versions, faults]).toEqual([[], []]);

  write((text) => text.replace('name: Supplier 1\n', 'name: Another\n'));
  vi.advanceTimersByTime(1000);
  expect(versions).toEqual([loadRegistry(folder, options).version]);

  write((text) => text.replace('version: 1', 'version: x'));
  vi.advanceTimersByTime(10_000);
  expect(versions).toHaveLength(1);
  expect(faults).toEqual([expect.objectContaining({ message: expect.stringContaining('version is "x"') })]);

  write((text) => text.replace('version: x', 'version: 1'));
  vi.advanceTimersByTime(1000);
  expect(versions).toHaveLength(2);
  rmSync(join(folder, 'codes.yaml'));
  vi.advanceTimersByTime(5000);
  expect(faults).toHaveLength(2);
  watch.stop();
});
