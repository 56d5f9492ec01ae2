import { fileURLToPath } from 'node:url';
import { addDays, dayOf, daysBetween } from '@tocsin/domain';
import { FileError, readYaml } from '@tocsin/runtime';
import { SCENARIO, type Scenario } from './schema.ts';

/** The file of a scenario that is shipped; any other name is that of a file. */
export const scenarioFile = (name: string): string =>
  /^[a-z0-9-]+$/.test(name) ? fileURLToPath(new URL(`../../scenarios/${name}.yaml`, import.meta.url)) : name;

/**
 * Reads a scenario.
 * @throws FileError with every fault: file, line, field, value, what was expected
 */
export function loadScenario(file: string): Scenario {
  const { value, where } = readYaml(SCENARIO, file);
  const faults: string[] = [];
  const check = (known: readonly string[], path: PropertyKey[], names: readonly string[] = []) => {
    for (const [i, one] of names.entries()) {
      if (known.includes(one)) continue;
      faults.push(`${where([...path, i])} is "${one}": expected one of ${known.join(', ')}`);
    }
  };
  const hubs = value.models.hub.map(({ model }) => model);
  const models = { CHF: hubs, GPF: hubs, ESME: names(value.models.ESME), GSME: names(value.models.GSME) };
  const operators = value.parties.operators.map(({ id }) => id);
  value.alerts.forEach((alert, i) => {
    if (!(alert.shape in value.shapes))
      check(Object.keys(value.shapes), ['alerts', i, 'shape'], [alert.shape]);
    alert.groups?.forEach((group, j) => {
      check(models[alert.from], ['alerts', i, 'groups', j, 'models'], group.models);
      check(operators, ['alerts', i, 'groups', j, 'operators'], group.operators);
    });
  });
  value.firmware.forEach((one, i) => {
    check(models[one.kind], ['firmware', i, 'model'], [one.model]);
  });
  value.efforts.forEach((one, i) => {
    check(hubs, ['efforts', i, 'models'], one.models);
  });
  value.populations.forEach((one, i) => {
    check(hubs, ['populations', i, 'models'], one.models);
  });
  const firmware = value.firmware.map(({ id }) => id);
  for (const figure of ['unauthorised-access', 'pilot'] as const) {
    const asked = value.figures[figure];
    if (asked) check(firmware, ['figures', figure, 'firmware'], [asked.firmware]);
  }
  if (faults.length > 0) throw new FileError(faults);
  return value;
}

const names = (models: readonly { model: string }[]) => models.map(({ model }) => model);

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
