import { plainEui64, startOf } from '@tocsin/domain';
import { loadRegistry, shippedRegistry } from '@tocsin/registry';
import { shiftWeeks, shippedDefinition } from '@tocsin/report';
import { loadScenario, scenarioFile, shiftScenario } from '@tocsin/simulator';
import { describe, expect, test } from 'vitest';

/**
 * The scenario, the registries that judge its alerts and the report that measures them are three files that know nothing
 * of each other. Here they are held together.
 */
const scenario = loadScenario(scenarioFile('opsg-34'));
const registry = (weeks: number) => loadRegistry(shippedRegistry(), { shiftWeeks: weeks }).files;

/** As they are, and ending in winter, on the days around both changes of the clocks, and in another summer. */
const WEEKS = [0, 13, 25, 33, 34, 52, 330];

describe.each(WEEKS)('%i weeks later', (weeks) => {
  test('the report asks for the days, codes and versions of the scenario', () => {
    const { calendar, figures, firmware, efforts, models } = shiftScenario(scenario, weeks);
    const definition = shiftWeeks(shippedDefinition('opsg-34'), weeks);
    const of = (id: string) => firmware.find((one) => one.id === id)!;
    const { 'unauthorised-access': access, pilot, installations } = figures as Required<typeof figures>;
    const piloted = of(pilot.firmware);
    const { minutes: _, name, source, ...asked } = definition;
    expect(asked).toEqual({
      period: calendar,
      unauthorisedAccess: {
        codes: of(access.firmware).codes,
        version: of(access.firmware).version,
        role: efforts.find(({ code }) => of(access.firmware).codes.includes(code))?.role,
        days: access.days,
      },
      pilot: {
        codes: piloted.codes,
        manufacturer: models.hub.find(({ model }) => model === piloted.model)?.manufacturer,
        model: piloted.model,
        version: piloted.version,
        hold: pilot.hold,
        days: pilot.days,
        improbable: definition.pilot.improbable,
      },
      installations: {
        codes: [installations.code],
        before: installations.before,
        after: installations.after,
      },
      powerFactor: figures['power-factor'],
      credentials: figures.credentials,
      highestDays: { days: figures['highest-days'], drivers: definition.highestDays.drivers },
      stoppableNow: { days: figures['stoppable-now'] },
    });
  });

  test('the levers are in the states of the scenario, to the second', () => {
    const { firmware, models } = shiftScenario(scenario, weeks);
    const told = firmware.map(({ id, kind, model, version, regions, codes, acting, states }) => ({
      id,
      manufacturer: [...models.hub, ...models.ESME].find((one) => one.model === model)?.manufacturer,
      ...{ kind, model, version, regions, codes, acting },
      states: states.map(({ from, state, reason = '' }) => ({ from: startOf(from), state, reason })),
    }));
    const levers = registry(weeks).levers.flatMap((lever) => {
      if (lever.kind !== 'firmware') return [];
      const { id, manufacturer, model, version, regions, codes, 'acting-party': acting, states } = lever;
      const kind = models.hub.some((one) => one.model === model) ? 'CHF' : 'ESME';
      return [{ id, manufacturer, kind, model, version, regions, codes, acting, states }];
    });
    expect(levers).toEqual(told);
  });
});

test('the parties are the same, in the same roles, users or not', () => {
  const { suppliers, operators, transporters, csps } = scenario.parties;
  const row = (id: string, role: string, eui64: Parameters<typeof plainEui64>[0], user: boolean) =>
    `${id} ${role} ${plainEui64(eui64)} ${user}`;
  const told = [
    ...suppliers.flatMap(({ id, import: electricity, gas, 'gas-user': gasUser }) => [
      row(id, 'import-supplier', electricity, true),
      row(id, 'gas-supplier', gas, gasUser),
    ]),
    ...operators.map(({ id, eui64, user }) => row(id, 'electricity-distributor', eui64, user)),
    ...transporters.map(({ id, eui64 }) => row(id, 'gas-transporter', eui64, true)),
    ...csps.map(({ id, eui64, region }) => row(id, `csp ${region}`, eui64, false)),
  ];
  const registered = registry(0).parties.flatMap(({ id, roles }) =>
    roles
      .filter(({ role }) => role !== 'dcc')
      .map(({ role, regions, eui64s, 'dcc-user': user }) =>
        [id, role, ...regions, ...eui64s, user.length > 0].join(' '),
      ),
  );
  expect(registered).toEqual(told);
});
