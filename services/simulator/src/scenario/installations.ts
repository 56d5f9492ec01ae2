import { addDays, type Day, daysBetween } from '@tocsin/domain';
import type { Scenario } from './schema.ts';

/** How much is installed on a day, 1 being the usual. */
export function installationLevel({ installations }: Scenario, day: Day): number {
  return installations.level.findLast(({ from }) => from <= day)?.level ?? 0;
}

/**
 * Homes installed on each day of the calendar and so many beyond. Fractions are carried to the next day, not drawn:
 * what the scenario says of a month holds at any scale.
 */
export function installationDays(
  scenario: Scenario,
  scale: number,
  beyond: number,
): { day: Day; homes: number }[] {
  const { calendar, installations } = scenario;
  const { weekdays } = installations;
  const usual = weekdays.reduce((sum, one) => sum + one, 0) / weekdays.length;
  const length = daysBetween(calendar.first, calendar.last) + 1 + beyond;
  let due = 0;
  return Array.from({ length }, (_, i) => {
    const day = addDays(calendar.first, i);
    const weekday = (new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7;
    due += ((installations['a-day'] / scale) * installationLevel(scenario, day) * weekdays[weekday]!) / usual;
    const homes = Math.floor(due + 1e-9);
    due -= homes;
    return { day, homes };
  });
}
