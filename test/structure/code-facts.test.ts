import { loadRegistry, rowsOf, shippedRegistry } from '@tocsin/registry';
import { loadScenario, scenarioFile } from '@tocsin/simulator';
import { expect, test } from 'vitest';

const { alerts, strangers } = loadScenario(scenarioFile('opsg-34'));
const raised = alerts.flatMap(({ code, clears }) => (clears ? [code, clears.code] : [code]));
const { codes } = rowsOf(loadRegistry(shippedRegistry(), { shiftWeeks: 0 }).files);

test.each([...new Set([...raised, strangers.code])].sort())(
  '%s, which the scenario raises, has a name in plain words, and where that is from',
  (code) => {
    const row = codes.find(({ alert_code }) => alert_code === code);
    expect(row).toMatchObject({
      plain: expect.stringMatching(/^[A-Z].*\.$/),
      source: expect.stringMatching(/ /),
    });
    expect(row?.plain).not.toBe(row?.name);
  },
);
