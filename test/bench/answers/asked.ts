import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ALL, QUESTIONS } from '@tocsin/answers';
import type { Store } from '@tocsin/clickhouse';
import { addDays } from '@tocsin/domain';
import type { TruthFile } from '@tocsin/simulator';
import { watch } from '../processes.ts';
import { DAYS, FIRST_DAY } from './network.ts';

/** A store, and the process that serves it. */
export interface Asked {
  readonly store: Store;
  readonly pid: number;
}

/** Seconds of the middle run, of the slowest one, and of the engine's and our own CPU on an average. */
export interface Timed {
  readonly of: string;
  readonly questions: readonly { name: string; wall: number; slowest: number; cpu: number }[];
}

type Given = Readonly<Record<string, string>>;

async function time({ store, pid }: Asked, of: string, asked: readonly [string, Given][], runs: number) {
  const questions: Timed['questions'][number][] = [];
  for (const [name, given] of asked) {
    const question = QUESTIONS.find((one) => one.name === name)!;
    const once = () => question.answer(store, question.asked.parse(given), ALL);
    await once();
    const ends = watch({ engine: pid, ours: process.pid });
    const walls: number[] = [];
    for (let run = 0; run < runs; run++) {
      const begun = performance.now();
      await once();
      walls.push((performance.now() - begun) / 1000);
    }
    const used = ends().filter((one) => one.name !== 'others');
    walls.sort((one, other) => one - other);
    questions.push({
      name: [name, ...Object.entries(given).map(([option, value]) => `--${option} ${value}`)]
        .filter((part) => !/--(from|to) /.test(part))
        .join(' '),
      wall: walls[Math.ceil(runs / 2) - 1]!,
      slowest: walls.at(-1)!,
      cpu: used.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0) / runs,
    });
    process.stderr.write(`\r${questions.length} of ${asked.length} questions   `);
  }
  process.stderr.write('\n');
  return { of, questions };
}

/** Every question as its help asks it, of the whole scenario. @param folder with truth.json */
export async function askLoaded(asked: Asked, folder: string, runs: number): Promise<Timed> {
  const truth: TruthFile = JSON.parse(await readFile(join(folder, 'truth.json'), 'utf8'));
  const [from, to] = [truth.from, addDays(truth.to, 1)];
  // Of devices the store has its own: the first.
  const [first] = await asked.store.rows<{ device: string }>(
    'SELECT toString(min(device)) AS device FROM device_history',
  );
  const given = QUESTIONS.map(({ name, example, asked: { shape } }): [string, Given] => {
    const said = Object.fromEntries(
      [...example.matchAll(/--(\S+) (\S+)/g)].map(([, option, value]) => [option, value!]),
    );
    // Of a treatment everything since it began counts.
    const begins: Given = 'from' in shape && !shape.from.isOptional() ? { from } : {};
    const ends: Given = 'to' in shape ? { to } : {};
    const whose: Given = 'device' in shape ? { device: first!.device } : {};
    return [name, { ...said, ...whose, ...begins, ...ends }];
  });
  return time(asked, `1:${truth.scale}, ${from} to ${truth.to}`, given, runs);
}

/** What is told of devices by the day, of what `fillNetwork` filled. */
export function askNetwork(asked: Asked, runs: number): Promise<Timed> {
  const to = addDays(FIRST_DAY, DAYS);
  const given: [string, Given][] = [
    ['rollout', { rollout: 'hubs', to }],
    ['rollout', { rollout: 'meters', to }],
    ['silent', { rollout: 'hubs', to }],
    ['blocked', { from: FIRST_DAY, to }],
  ];
  return time(asked, '', given, runs);
}
