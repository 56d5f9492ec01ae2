import type { Contender, Course, Run } from './contender.ts';
import { drain } from './contenders/drain.ts';
import { engine } from './contenders/engine.ts';
import { ours } from './contenders/ours.ts';
import { checkStored, type Stored } from './stored.ts';

/** The runs of every round, by contender. */
export interface Rounds {
  readonly tocsin: readonly Run[];
  readonly engine: readonly Run[];
  readonly drain: readonly Run[];
}

/**
 * Every contender once a round, one after the other, so that a change of the machine meets all of them.
 * @throws Error when what one stored is not what was produced
 */
export async function runRounds(
  course: Course,
  rounds: number,
  log: (line: string) => void,
): Promise<Rounds> {
  const runs = { tocsin: [] as Run[], engine: [] as Run[], drain: [] as Run[] };
  const contenders: readonly [keyof Rounds, Contender][] = [
    ['tocsin', ours],
    ['engine', engine],
    ['drain', drain],
  ];
  if (rounds > 0) log('warming Kafka up');
  if (rounds > 0) await drain.run(course, 'bench-warm-up');
  for (let round = 1; round <= rounds; round++) {
    const stored: [string, Stored][] = [];
    for (const [key, { name, run }] of contenders) {
      const result = await run(course, `bench-${key}-${round}`);
      runs[key].push(result);
      if (result.stored) stored.push([name, result.stored]);
      log(`round ${round}/${rounds}: ${name}: ${told(result)}`);
    }
    checkStored(stored, course.topic);
  }
  return runs;
}

function told({ start, visible, built }: Run): string {
  const after = built === null || built === visible ? '' : `, built after ${built.toFixed(1)} s`;
  return `assigned after ${start.toFixed(1)} s, then all in ${visible.toFixed(1)} s${after}`;
}
