import { expect, test } from 'vitest';
import { cautionOf } from './caution.ts';
import type { Told } from './told.ts';

const component = (capacity: number, unit: string) => ({ capacity, unit }) as Told['components'][number];

test('a network whose peaks are chance is said to be one, by what takes alerts alone', () => {
  expect(cautionOf([component(0.6, 'alerts/s'), component(0.4, 'requests')])).toBeNull();
  expect(cautionOf([component(0.6, 'alerts/s'), component(0.06, 'alerts/s')])).toMatch(/by chance/);
  expect(cautionOf([])).toBeNull();
});
