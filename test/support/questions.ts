import { ALL, QUESTIONS, type Scope } from '@tocsin/answers';
import type { Store } from '@tocsin/clickhouse';
import { expect } from 'vitest';

/** Asks a question as the command line does, in text, and holds the answer to what the question promises to tell. */
export async function ask<Told>(
  store: Store,
  name: string,
  given: Readonly<Record<string, string>>,
  scope: Scope = ALL,
): Promise<Told> {
  const one = QUESTIONS.find((question) => question.name === name)!;
  const told = await one.answer(store, one.asked.parse(given), scope);
  expect(one.told.parse(JSON.parse(JSON.stringify(told)))).toEqual(told);
  expect(one.show(told)).toMatch(/\n$/);
  return told as Told;
}
