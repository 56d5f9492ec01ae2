import type { Embedded } from '@tocsin/embedded';
import type { Usage } from './processes.ts';
import type { Stored } from './stored.ts';
import type { Topic } from './topic.ts';

/** What all contenders are given. */
export interface Course {
  readonly engines: Embedded;
  readonly topic: Topic;
  readonly env: NodeJS.ProcessEnv;
}

/** One way through the topic, from its first message to its last. Seconds. */
export interface Run {
  /** From the start of the process, or of the view, to the assignment of partitions: before it, nothing can be fetched. */
  readonly start: number;
  /** From the assignment until every message is counted. */
  readonly visible: number;
  /** From the assignment until every hour is in the rollup as well; null where nothing is stored. */
  readonly built: number | null;
  /** From the assignment to the end. */
  readonly usage: readonly Usage[];
  readonly stored: Stored | null;
}

export interface Contender {
  readonly name: string;
  /** @param id tells this run's group and database from all others' */
  run(course: Course, id: string): Promise<Run>;
}

export const secondsSince = (begun: number): number => (performance.now() - begun) / 1000;
