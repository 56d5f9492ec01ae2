import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { classArchive } from './class-archive.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-archive-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const jars = (version = '17.0.15') => ({ folder, classPath: join(folder, '*'), java: 'java', version });
const fileOf = ([option]: readonly string[]) => option!.slice(option!.indexOf('=') + 1);
const write = (options: readonly string[]) => writeFileSync(fileOf(options), 'classes');

test('what a broker wrote as it ended is used by the next one, on the same Java', async () => {
  const first = classArchive(jars());
  expect(first.options).toEqual([expect.stringMatching(/^-XX:ArchiveClassesAtExit=/)]);
  write(first.options);
  await first.keep({ code: 143, signal: null });
  expect(classArchive(jars()).options).toEqual([`-XX:SharedArchiveFile=${folder}/broker-java-17.0.15.jsa`]);
  expect(classArchive(jars('21.0.2')).options).toEqual([expect.stringMatching(/^-XX:ArchiveClassesAtExit=/)]);
});

test('two brokers at once write each their own, and one is kept', async () => {
  const [one, other] = [classArchive(jars()), classArchive(jars())];
  expect(fileOf(one.options)).not.toBe(fileOf(other.options));
  for (const { options } of [one, other]) write(options);
  await Promise.all([one, other].map((archive) => archive.keep({ code: 143, signal: null })));
  expect(readdirSync(folder)).toEqual(['broker-java-17.0.15.jsa']);
});

test('what a killed broker left is not used, and nothing is missed of one that wrote nothing', async () => {
  const killed = classArchive(jars());
  write(killed.options);
  await killed.keep({ code: null, signal: 'SIGKILL' });
  await classArchive(jars()).keep({ code: 1, signal: null });
  expect(readdirSync(folder)).toEqual([]);
});
