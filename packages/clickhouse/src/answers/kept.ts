import { randomUUID } from 'node:crypto';
import type { Store } from '../client.ts';

/** Ids of the rollouts of the newest registry, with when (ms) an answer to `question` about each was last kept; null: never. */
export async function readRolloutAnswers(
  store: Store,
  question: string,
): Promise<{ rollout: string; at: number | null }[]> {
  const rows = await store.rows<{ id: string; at: number }>(
    `SELECT toString(one.rollout) AS id, max(toUnixTimestamp64Milli(kept.at)) AS at
     FROM ${store.database}.rollout_registered(to = toString(now64(3, 'UTC'))) AS one
     LEFT JOIN (SELECT subject, at FROM ${store.database}.answers_kept WHERE question = {question:String}) AS kept
       ON kept.subject = one.rollout
     GROUP BY id
     ORDER BY id`,
    { question },
  );
  return rows.map(({ id, at }) => ({ rollout: id, at: at === 0 ? null : at }));
}

/** Keeps what was told, in JSON, for the dashboards. */
export function keepAnswer(store: Store, question: string, subject: string, told: unknown): Promise<void> {
  return store.insert({
    table: 'answers_kept',
    columns: ['question', 'subject', 'told'],
    format: 'JSONEachRow',
    body: JSON.stringify({ question, subject, told: JSON.stringify(told) }),
    token: randomUUID(),
  });
}
