import { fileURLToPath } from 'node:url';
import { addDays, dayOf, daysBetween } from '@tocsin/domain';
import { FileError, readYaml } from '@tocsin/runtime';
import { checkScenario } from './check.ts';
import { SCENARIO, type Scenario } from './schema.ts';

/** The file of a scenario that is shipped; any other name is that of a file. */
export const scenarioFile = (name: string): string =>
  /^[a-z0-9-]+$/.test(name) ? fileURLToPath(new URL(`../../scenarios/${name}.yaml`, import.meta.url)) : name;

/**
 * Reads a scenario.
 * @throws FileError with every fault: file, line, field, value, what was expected
 */
export function loadScenario(file: string): Scenario {
  const document = readYaml(SCENARIO, file);
  const faults = checkScenario(document);
  if (faults.length > 0) throw new FileError(faults);
  return document.value;
}

/** By how many weeks the calendar is later if its last day is today, or the last such day of the week before it. */
export function weeksUntil({ calendar }: Scenario, now: number): number {
  return Math.floor(daysBetween(calendar.last, dayOf(now)) / 7);
}

/** The same scenario, later by whole weeks, so that weekdays stay what they are. */
export function shiftScenario(scenario: Scenario, weeks: number): Scenario {
  const move = (value: unknown): unknown => {
    if (typeof value === 'string')
      return /^\d{4}-\d{2}-\d{2}(T\d{2}:00)?$/.test(value) ? later(value, weeks) : value;
    if (Array.isArray(value)) return value.map(move);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, move(one)]));
  };
  return move(scenario) as Scenario;
}

const later = (text: string, weeks: number) => addDays(text.slice(0, 10), weeks * 7) + text.slice(10);

/** By how many weeks a scenario, by its name or file, is later when it is told up to a moment, ms. */
export const scenarioWeeks = (name: string, now: number): number =>
  weeksUntil(loadScenario(scenarioFile(name)), now);
