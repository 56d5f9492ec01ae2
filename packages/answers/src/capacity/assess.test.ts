import { addDays, type Days, daysOf } from '@tocsin/domain';
import { expect, it } from 'vitest';
import { assess } from './assess.ts';

const DAYS: Days = { first: '2026-07-01', last: '2026-08-25' };
const COMPONENT = { component: 'csp', name: 'CSP', unit: 'alerts/s', regions: ['North'], capacity: 19.9999 };

/** A tenth more each day, from the day on which the region's feed begins, of which other regions have theirs before. */
function assessed(begins: string) {
  const whole = daysOf(DAYS);
  const tightest = whole.map((day, i) => ({
    ...{ day, component: 'csp', at: `${day}T17:00:00Z`, capacity: 19.9999 },
    load: day < begins ? 0 : 10 + i / 10,
  }));
  return assess([COMPONENT], tightest, { whole, since: DAYS.first, gaps: [], installed: [] }).components[0]!;
}

it('takes no growth of days on which nothing came of a component', () => {
  const { days, forecast } = assessed(addDays(DAYS.last, -30));
  expect(days.filter(({ complete }) => complete)).toHaveLength(31);
  // 15.5 on the last day: 20 is there after 45.
  expect(forecast).toMatchObject({ state: 'reached', at: '2026-10-09' });
  expect(forecast!.model).toMatch('of 31 daily peaks since 2026-07-01');
});

it('refuses a forecast where fewer than 28 days are left', () => {
  expect(assessed(addDays(DAYS.last, -26)).forecast).toBeNull();
});
