import { ALL, type Question } from '@tocsin/answers';
import type { Store } from '@tocsin/clickhouse';
import type { z } from 'zod';
import { type Part, partOf } from './part.ts';

/** Asks questions of the whole network, each once: the same again has the same answer. */
export interface Asker {
  ask<Asked extends z.ZodObject, Told extends z.ZodType>(
    question: Question<Asked, Told>,
    given: Readonly<Record<string, string>>,
  ): Promise<Part<z.output<Told>>>;
}

/** @param onAnswer hears of each that is answered, with how many were before */
export function askerOf(store: Store, onAnswer: (answered: number) => void = () => {}): Asker {
  const answers = new Map<string, Promise<unknown>>();
  let answered = 0;
  return {
    async ask<Asked extends z.ZodObject, Told extends z.ZodType>(
      question: Question<Asked, Told>,
      given: Readonly<Record<string, string>>,
    ) {
      const key = JSON.stringify([question.name, given]);
      const answer =
        answers.get(key) ??
        question.answer(store, question.asked.parse(given), ALL).finally(() => onAnswer(++answered));
      answers.set(key, answer);
      const told = (await answer) as z.output<Told>;
      return partOf(told, { question: question.name, asked: given, path: [] });
    },
  };
}
