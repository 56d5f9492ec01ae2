import type { Document } from '@tocsin/runtime';
import type { Scenario } from './schema.ts';

type Path = readonly PropertyKey[];

/** What a scenario says that can't be true together, or names that it doesn't have: a line each, with where it stands. */
export function checkScenario({ value, where }: Document<Scenario>): string[] {
  const faults: string[] = [];
  const refuse = (path: Path, is: unknown, expected: string) =>
    void faults.push(`${where(path)} is ${JSON.stringify(is)}: expected ${expected}`);
  const known = (path: Path, names: readonly string[] | undefined, among: readonly string[]) =>
    names?.forEach((name, i) => {
      if (!among.includes(name)) refuse([...path, i], name, `one of ${among.join(', ')}`);
    });
  const unique = (places: readonly (readonly [Path, string])[], what: string) => {
    const met = new Set<string>();
    for (const [path, name] of places) {
      if (met.has(name)) refuse(path, name, `${what} that is not there yet`);
      met.add(name);
    }
  };
  const { alerts, efforts, figures, firmware, models, parties, populations, regions, shapes } = value;

  const hubs = names(models.hub);
  const modelsOf = { CHF: hubs, GPF: hubs, ESME: names(models.ESME), GSME: names(models.GSME) };
  const operators = parties.operators.map(({ id }) => id);
  alerts.forEach(({ from, groups, shape }, i) => {
    if (!(shape in shapes)) refuse(['alerts', i, 'shape'], shape, `one of ${Object.keys(shapes).join(', ')}`);
    groups?.forEach((group, j) => {
      known(['alerts', i, 'groups', j, 'models'], group.models, modelsOf[from]);
      known(['alerts', i, 'groups', j, 'operators'], group.operators, operators);
    });
  });
  efforts.forEach((one, i) => void known(['efforts', i, 'models'], one.models, hubs));
  populations.forEach((one, i) => void known(['populations', i, 'models'], one.models, hubs));
  for (const figure of ['unauthorised-access', 'pilot'] as const) {
    const asked = figures[figure]?.firmware;
    const ids = firmware.map(({ id }) => id);
    if (asked !== undefined && !ids.includes(asked))
      refuse(['figures', figure, 'firmware'], asked, `one of ${ids.join(', ')}`);
  }

  const raised = (kind: string) =>
    alerts.flatMap(({ from, code, clears, groups }) =>
      from === kind && groups ? [code, ...(clears ? [clears.code] : [])] : [],
    );
  firmware.forEach(({ kind, model, codes, waves, fails }, i) => {
    if (!modelsOf[kind].includes(model))
      refuse(['firmware', i, 'model'], model, `one of ${modelsOf[kind].join(', ')}`);
    codes.forEach((code, j) => {
      if (!raised(kind).includes(code))
        refuse(['firmware', i, 'codes', j], code, `a code that a group of ${kind} raises`);
    });
    const taken = sum(waves.map(({ share = 0 }) => share));
    if (taken > 1 + TOLERANCE) refuse(['firmware', i, 'waves'], taken, 'shares that come to 1 at most');
    const failing = sum(fails.map(({ share }) => share));
    if (failing > 1 + TOLERANCE) refuse(['firmware', i, 'fails'], failing, 'shares that come to 1 at most');
  });
  efforts.forEach(({ code }, i) => {
    if (!raised('CHF').includes(code))
      refuse(['efforts', i, 'code'], code, 'a code that a group of CHF raises');
  });

  for (const [region, share] of Object.entries(regions)) {
    if (share === 0) continue;
    const there = models.hub.filter(({ regions }) => regions.some((one) => one === region));
    const shares = sum(there.map(({ share }) => share));
    if (Math.abs(shares - 1) > TOLERANCE)
      refuse(['models', 'hub'], shares, `shares that come to 1 in ${region}`);
  }
  unique(
    firmware.map(({ id }, i) => [['firmware', i, 'id'], id]),
    'an id',
  );
  unique(
    populations.map(({ id }, i) => [['populations', i, 'id'], id]),
    'an id',
  );
  unique(
    (['suppliers', 'operators', 'transporters', 'csps'] as const).flatMap((list) =>
      parties[list].map(({ id }, i) => [['parties', list, i, 'id'], id] as const),
    ),
    'an id',
  );
  unique(
    parties.csps.map(({ region }, i) => [['parties', 'csps', i, 'region'], region]),
    'a region',
  );
  return faults;
}

const TOLERANCE = 1e-6;
const sum = (values: readonly number[]) =>
  Number(values.reduce((total, one) => total + one, 0).toPrecision(9));
const names = (models: readonly { model: string }[]) => models.map(({ model }) => model);
