import { QUESTIONS, Unknown } from '@tocsin/answers';
import type { Asker } from './cited/asker.ts';
import { commandOf } from './cited/cited.ts';
import { valueAt } from './cited/path.ts';
import type { Numbered } from './document.ts';

/** A number of a document that would be another one now. */
export interface Difference {
  readonly was: Numbered;
  /** Null also where nothing stands there any more: see `gone`. */
  readonly now: string | number | null;
  /** Nothing stands there any more: a code that no longer comes, a spike that is none. */
  readonly gone: boolean;
  /** `now` less what it was; null of words and moments. */
  readonly by: number | null;
}

/** Asks each number's question anew, and gives the numbers that differ at all, in the order of the text. */
export async function compare(
  { ask }: Asker,
  numbers: readonly Numbered[],
  onPlan: (questions: number) => void = () => {},
): Promise<Difference[]> {
  onPlan(new Set(numbers.map(({ query }) => commandOf(query))).size);
  const differences: Difference[] = [];
  for (const was of numbers) {
    const { question, asked, path } = was.query;
    const one = QUESTIONS.find(({ name }) => name === question);
    const found = one && valueAt(await toldOrNothing(() => ask(one, asked)), path);
    if (found === was.value) continue;
    const now = (found ?? null) as Difference['now'];
    const by = typeof now === 'number' && typeof was.value === 'number' ? now - was.value : null;
    differences.push({ was, now, gone: found === undefined, by });
  }
  return differences;
}

/** What the registry no longer knows of tells nothing. */
async function toldOrNothing(answer: () => Promise<{ told: unknown }>): Promise<unknown> {
  try {
    return (await answer()).told;
  } catch (error) {
    if (error instanceof Unknown) return undefined;
    throw error;
  }
}
