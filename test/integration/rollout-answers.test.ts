import { ALL, QUESTIONS } from '@tocsin/answers';
import { rolloutAnswers } from '@tocsin/builder/rollout-answers';
import { readRolloutAnswers, type Store } from '@tocsin/clickhouse';
import { createLogger } from '@tocsin/runtime';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Engine, startEngine } from '../support/fresh-store.ts';
import { feedRollout } from '../support/rollout-world.ts';
import { until } from '../support/until.ts';

let engine: Engine;
let store: Store;

beforeAll(async () => {
  engine = await startEngine();
  store = await engine.freshStore();
  await feedRollout(store, [3, 5]);
});
afterAll(() => engine.stop());

const log = createLogger({ level: 'silent', name: 'builder' });
const kept = async () => (await store.rows<{ n: number }>('SELECT count() AS n FROM answers_kept'))[0]!.n;

async function during(everyMs: number, condition: () => Promise<boolean>, asked = store): Promise<void> {
  const part = rolloutAnswers({ store: asked, log, everyMs });
  await part.start?.();
  try {
    await until('the answers to be kept', condition);
  } finally {
    await part.stop?.();
  }
}

it('keeps what the questions tell of each rollout, for the dashboards', async () => {
  expect(await readRolloutAnswers(store, 'rollout')).toEqual([{ rollout: 'wnc', at: null }]);
  await during(3_600_000, async () => (await kept()) === 2);

  const question = QUESTIONS.find(({ name }) => name === 'rollout')!;
  const { effects } = (await question.answer(store, question.asked.parse({ rollout: 'wnc' }), ALL)) as {
    effects: { code: string; scope: string; estimate: number; low: number; high: number }[];
  };
  const own = effects.find(({ code, scope }) => code === '8F3E' && scope === 'device')!;
  expect(own.high).toBeLessThan(0);
  const shown = await store.rows(
    "SELECT alert_code AS code, scope, estimate, low, high FROM rollout_effects WHERE own AND scope = 'device'",
  );
  expect(shown).toEqual([
    { code: '8F3E', scope: 'device', estimate: own.estimate, low: own.low, high: own.high },
  ]);
  expect(await store.rows('SELECT rollout, silent FROM rollout_silence')).toEqual([
    { rollout: 'wnc', silent: 2 },
  ]);
});

it('keeps what it can where a question can’t be answered', async () => {
  const of = async (question: string) =>
    (
      await store.rows<{ n: number }>(
        'SELECT count() AS n FROM answers_kept WHERE question = {question:String}',
        { question },
      )
    )[0]!.n;
  const before = { rollout: await of('rollout'), silent: await of('silent') };
  const rows: Store['rows'] = (sql, params) =>
    sql.includes('rollout_adoption') ? Promise.reject(new Error('can’t')) : store.rows(sql, params);
  await during(1, async () => (await of('silent')) > before.silent, { ...store, rows });
  expect(await of('rollout')).toBe(before.rollout);
});

it('asks again only what has become too old', async () => {
  const before = await kept();
  await during(100, async () => (await kept()) >= before + 2);

  const asked = await kept();
  let looks = 0;
  const rows: Store['rows'] = (sql, params) => {
    looks += 1;
    return store.rows(sql, params);
  };
  await during(3_600_000, async () => looks === 2, { ...store, rows });
  expect(await kept()).toBe(asked);
});
