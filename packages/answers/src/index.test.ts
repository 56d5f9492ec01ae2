import type { Store } from '@tocsin/clickhouse';
import { expect, it } from 'vitest';
import { ALL, QUESTIONS } from './index.ts';

const GIVEN = {
  ...{ from: '2020-07-01', to: '2020-07-02', at: '2020-07-01' },
  ...{ rollout: 'wnc-2020', code: '8014', device: '0000000000002000' },
};

/** As it is when whoever asks goes away: every query that is under way ends. A failure that nobody hears ends the service. */
const failing = { rows: () => Promise.reject(new Error('the store is gone')) } as unknown as Store;

it.each(QUESTIONS)('$name tells whoever asks when the store fails, and nobody else', async (question) => {
  const given = Object.entries(GIVEN).filter(([name]) => name in question.asked.shape);
  const asked = question.asked.parse(Object.fromEntries(given));
  await expect(question.answer(failing, asked, ALL)).rejects.toThrow('the store is gone');
});
