import { expect, test } from 'vitest';
import { reattributionCommand } from './reattribution.ts';

const NOW = Date.UTC(2020, 6, 7, 12, 30);
const DAY = 86_400_000;

test.each([
  ['rules that judge the same', null, null],
  ['rules of times to come', NOW + 1, null],
  ['up to now', NOW, 'tocsin reattribute --from 2020-07-07T11:00:00Z --to 2020-07-07T12:31:00Z'],
  ['a week ago', NOW - 7 * DAY, 'tocsin reattribute --from 2020-06-30T11:00:00Z --to 2020-07-07T12:31:00Z'],
  [
    'always: as far as alerts are kept',
    Number.NEGATIVE_INFINITY,
    'tocsin reattribute --from 2020-06-07T12:00:00Z --to 2020-07-07T12:31:00Z',
  ],
])('%s', (_, since, command) => {
  expect(reattributionCommand(since, NOW, { retention: 30 * DAY, clockAhead: 3_600_000 })).toBe(command);
});
