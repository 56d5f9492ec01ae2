import { expect, test } from 'vitest';
import { Gate } from './gate.ts';

test('lets so many in, the others in order', async () => {
  const gate = new Gate(1);
  const order: string[] = [];
  await gate.enter();
  const waiting = ['a', 'b'].map((name) => gate.enter().then(() => order.push(name)));
  await Promise.resolve();
  expect(order).toEqual([]);
  gate.leave();
  await waiting[0];
  expect(order).toEqual(['a']);
  gate.leave();
  await waiting[1];
  gate.leave();
  await gate.enter();
  expect(order).toEqual(['a', 'b']);
});
