import { ALL, NotYours, QUESTIONS, Unknown } from '@tocsin/answers';
import type { Store } from '@tocsin/clickhouse';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Engine, startEngine } from '../support/fresh-store.ts';

let engine: Engine;
let empty: Store;

beforeAll(async () => {
  engine = await startEngine();
  empty = await engine.freshStore();
});
afterAll(() => engine.stop());

/** What stands in a question's example, by the name of the field; days as moments, to the thousandth that they may be given. */
const exampleOf = (example: string) =>
  Object.fromEntries(
    [...example.matchAll(/--([\w-]+) (\S+)/g)].map(([, flag, value]) => [
      flag!.replace(/-(\w)/g, (_, letter) => letter.toUpperCase()),
      value!.replace(/^\d{4}-\d\d-\d\d$/, '$&T10:11:12.345Z'),
    ]),
  );

const isOfOne = ({ name }: { name: string }) => name === 'device';

it.each(QUESTIONS.filter((one) => !isOfOne(one)))(
  '$name tells of an empty store what it promises to tell',
  async (one) => {
    const told = await one.answer(empty, one.asked.parse(exampleOf(one.example)), ALL);
    expect(one.told.parse(JSON.parse(JSON.stringify(told)))).toEqual(told);
    expect(one.show(told)).toMatch(/\n$/);
  },
);

it('of a device that nobody knows nothing is told', async () => {
  const one = QUESTIONS.find(isOfOne)!;
  await expect(one.answer(empty, one.asked.parse(exampleOf(one.example)), ALL)).rejects.toThrow(Unknown);
});

it.each(QUESTIONS.filter((one) => one.of === 'network'))('$name is not told to a party', async (one) => {
  const asked = one.asked.parse(exampleOf(one.example));
  await expect(one.answer(empty, asked, { party: 'sup-01' })).rejects.toThrow(NotYours);
});
