import { ALL, QUESTIONS } from '@tocsin/answers';
import { isRetryable, keepAnswer, readRolloutAnswers, type Store } from '@tocsin/clickhouse';
import { type Logger, type Part, rounds } from '@tocsin/runtime';

export interface RolloutAnswersOptions {
  readonly store: Store;
  readonly log: Logger;
  /** How old an answer may become, in milliseconds. */
  readonly everyMs: number;
}

/** What is asked of each rollout of the registry, of all devices and up to now. */
const ASKED = QUESTIONS.filter(({ name }) => ['rollout', 'silent'].includes(name));
const LOOK_AGAIN_MS = 60_000;

/**
 * Asks what takes longer than a dashboard waits, and keeps what is told. Of several builders whoever finds an answer too
 * old asks: at worst it is kept twice.
 */
export function rolloutAnswers({ store, log, everyMs }: RolloutAnswersOptions): Part {
  return rounds(
    {
      name: 'rollout answers',
      log,
      failed: 'what rollouts did is asked again',
      mayPass: isRetryable,
      rest: (tookMs) => Math.max(tookMs, Math.min(everyMs, LOOK_AGAIN_MS)),
    },
    async (signal) => {
      for (const question of ASKED)
        for (const { rollout, at } of await readRolloutAnswers(store, question.name)) {
          if (signal.aborted) return;
          if (at !== null && Date.now() - at < everyMs) continue;
          try {
            const told = await question.answer(store, question.asked.parse({ rollout }), ALL);
            await keepAnswer(store, question.name, rollout, told);
          } catch (error) {
            // A rollout that can't be answered holds up no other.
            log[isRetryable(error) ? 'warn' : 'error'](
              { err: error, question: question.name, rollout },
              'not answered',
            );
          }
        }
    },
  );
}
