import { FileError } from '@tocsin/runtime';
import { expect, test } from 'vitest';
import { holdTo } from './position.ts';

const HAS = { scenario: 'opsg-34', scale: 1000, seed: 1, cluster: 'a' };

test('the same run is gone on with, in a cluster that is not known yet as well', () => {
  holdTo('scenario.json', HAS, HAS);
  const { cluster: _, ...asked } = HAS;
  holdTo('scenario.json', HAS, asked);
});

test.each([
  [{ scenario: 'mine.yaml' }, 'mine.yaml at 1:1000 with seed 1'],
  [{ scale: 10_000 }, 'opsg-34 at 1:10000 with seed 1'],
  [{ seed: 2 }, 'opsg-34 at 1:1000 with seed 2'],
  [{ cluster: 'b' }, 'in the Kafka cluster b'],
])('another one is refused, saying what is there and what was asked for: %o', (other, asked) => {
  const refused = () => holdTo('scenario.json', HAS, { ...HAS, ...other });
  expect(refused).toThrow(FileError);
  expect(refused).toThrow('scenario.json has opsg-34 at 1:1000 with seed 1');
  expect(refused).toThrow(asked);
});
