import { expect, it, test } from 'vitest';
import { holm } from './holm.ts';
import { studentProbability } from './student.ts';

// Expected values: scipy 1's t.sf and statsmodels' multipletests.

test.each([
  [2.5, 58, 0.015269229622423282],
  [2.5, 59, 0.015219141947633777],
  [0.3, 1, 0.8144528418445154],
  [1, 2, 0.4226497308103742],
  [-4, 3, 0.028008456010146152],
  [10, 200, 2.4e-19],
  [1.96, 1_000_001, 0.04999606758499254],
  [2.05, 2_500_000, 0.04036453488602927],
  [0, 30, 1],
])('Student as far from 0 as %d with %d degrees', (t, freedom, probability) => {
  expect(studentProbability(t, freedom)).toBeCloseTo(probability, 10);
});

it('holds each of several tests against their number, in their order', () => {
  const adjusted = holm([0.01, 0.04, 0.03, 0.005, 0.5, 0.0001, 0.03]);
  for (const [i, expected] of [0.05, 0.12, 0.12, 0.03, 0.5, 0.0007, 0.12].entries())
    expect(adjusted[i]).toBeCloseTo(expected, 12);
  expect(holm([])).toEqual([]);
});
