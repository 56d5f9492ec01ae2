import { ALL, type Question } from '@tocsin/answers';
import type { Store } from '@tocsin/clickhouse';
import pLimit from 'p-limit';
import type { z } from 'zod';
import { type Part, partOf } from './part.ts';

/** Questions that a store is asked at a time: while one is planned another is read for, and others than we ask too. */
const AT_A_TIME = 4;

/** Asks questions of the whole network, each once: the same again has the same answer. Several may be asked together. */
export interface Asker {
  ask<Asked extends z.ZodObject, Told extends z.ZodType>(
    question: Question<Asked, Told>,
    given: Readonly<Record<string, string>>,
  ): Promise<Part<z.output<Told>>>;
}

/**
 * An asker of one store; what a question rejects with, its asking does.
 * @param onAnswer hears of each that is answered, with how many are by then
 */
export function askerOf(store: Store, onAnswer: (answered: number) => void = () => {}): Asker {
  const answers = new Map<string, Promise<unknown>>();
  const limit = pLimit(AT_A_TIME);
  let answered = 0;
  return {
    async ask<Asked extends z.ZodObject, Told extends z.ZodType>(
      question: Question<Asked, Told>,
      given: Readonly<Record<string, string>>,
    ) {
      const key = JSON.stringify([question.name, given]);
      const answer =
        answers.get(key) ??
        limit(() => question.answer(store, question.asked.parse(given), ALL)).finally(() =>
          onAnswer(++answered),
        );
      answers.set(key, answer);
      const told = (await answer) as z.output<Told>;
      return partOf(told, { question: question.name, asked: given, path: [] });
    },
  };
}
