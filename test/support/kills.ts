import type { Service } from './service.ts';
import { fellWithinBlock, whereItFell } from './steps.ts';

/** How many kills of each kind a run has: 5 in CI, 30 in the nightly command. */
export const KILLS = Number(process.env.FAULT_KILLS ?? 5);

/** What a test with that many kills may take at most, in seconds. */
export const LONGEST_SECONDS = Math.max(600, 120 * KILLS);

/** The part of the processor's kills that must fall between plan and commit, or the run proves too little. */
export const LEAST_WITHIN_BLOCK = 1 / 5;

/** Where each kill fell, told at the end. */
export class KillRecord {
  readonly #what: string;
  readonly #fell: string[] = [];
  #withinBlock = 0;

  constructor(what: string) {
    this.#what = what;
  }

  /** A processor that was killed: its log says where. */
  add(victim: Pick<Service, 'lines'>): void {
    const where = [...whereItFell(victim)].map(([partition, steps]) => `${partition}: ${steps}`);
    if (fellWithinBlock(victim)) this.#withinBlock++;
    this.#fell.push(where.length > 0 ? where.sort().join(', ') : 'before its first block');
  }

  note(where: string): void {
    this.#fell.push(where);
  }

  get share(): number {
    return this.#withinBlock / this.#fell.length;
  }

  print(): void {
    const lines = this.#fell.map((where, i) => `  ${i + 1}. ${where}`);
    const within = this.#withinBlock > 0 ? `, ${this.#withinBlock} between plan and commit` : '';
    process.stdout.write(`${this.#what}: ${this.#fell.length} kills${within}\n${lines.join('\n')}\n`);
  }
}

/** A moment drawn anew for each kill, in ms: what a killer from outside can't aim. */
export function randomMs(most: number): number {
  return Math.random() * most;
}
