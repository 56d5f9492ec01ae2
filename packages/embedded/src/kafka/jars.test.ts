import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { kafkaJars } from './jars.ts';

let folder: string;
let env: NodeJS.ProcessEnv;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tocsin-jars-'));
  env = { PATH: `${folder}:/usr/bin:/bin`, XDG_CACHE_HOME: join(folder, 'cache') };
});
afterEach(() => rm(folder, { recursive: true }));

/** A program of that name which only prints, in front of the real one. */
async function program(name: string, script: string): Promise<void> {
  await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`);
  await chmod(join(folder, name), 0o755);
}
const java = (version: string) => program('java', `echo 'openjdk version "${version}" 2024-01-01' >&2`);

test('without Java it says what to install, and the other way', async () => {
  env.PATH = folder;
  await expect(kafkaJars('broker', env)).rejects.toThrow(/Java was not found.*openjdk-17.*KAFKA_BROKERS/);
});

test.each(['1.8.0_392', '11.0.2'])('Java %s is too old', async (version) => {
  await java(version);
  await expect(kafkaJars('broker', env)).rejects.toThrow(/Java (8|11) at java is too old.*KAFKA_BROKERS/);
});

test('without Maven it says what to install, and the other way', async () => {
  await java('17.0.1');
  env.PATH = folder;
  await expect(kafkaJars('broker', env)).rejects.toThrow(
    /Maven \(mvn\) was not found.*apt-get install maven.*KAFKA_BROKERS/s,
  );
});

test('a download that fails leaves nothing that looks like jars', async () => {
  await java('21');
  await program('mvn', 'echo "[ERROR] no route to host"; exit 1');
  await expect(kafkaJars('broker', env)).rejects.toThrow(/no route to host.*KAFKA_BROKERS/);
  expect(await readdir(join(folder, 'cache', 'tocsin'))).toEqual([]);
});

test('two at once end with one complete folder', async () => {
  await java('17');
  await program(
    'mvn',
    `out=$(printf '%s\\n' "$@" | sed -n 's/-DoutputDirectory=//p'); echo x > "$out/k.jar"`,
  );
  const [one, two] = await Promise.all([kafkaJars('broker', env), kafkaJars('broker', env)]);
  expect(one).toEqual(two);
  const cache = join(folder, 'cache', 'tocsin');
  const [only, ...others] = await readdir(cache);
  expect(others).toEqual([]);
  expect(await readdir(join(cache, only!))).toEqual(['k.jar']);
});
