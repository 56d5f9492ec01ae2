import { addDays, formatEui64 } from '@tocsin/domain';
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
  alerts.forEach(({ from, to, verdict, groups, shape }, i) => {
    const [stopped, expected]: readonly [readonly string[], string] = ADDRESSED[to];
    if (verdict === 'party' && !stopped.includes(from)) refuse(['alerts', i, 'to'], to, expected);
    if (!(shape in shapes)) refuse(['alerts', i, 'shape'], shape, `one of ${Object.keys(shapes).join(', ')}`);
    groups?.forEach((group, j) => {
      known(['alerts', i, 'groups', j, 'models'], group.models, modelsOf[from]);
      known(['alerts', i, 'groups', j, 'operators'], group.operators, operators);
    });
  });
  efforts.forEach((one, i) => void known(['efforts', i, 'models'], one.models, hubs));
  populations.forEach((one, i) => void known(['populations', i, 'models'], one.models, hubs));
  value['unstable-han'].forEach(
    (one, i) => void known(['unstable-han', i, 'models'], one.models, modelsOf[one.kind]),
  );
  value.arrival.gaps.forEach(({ from }, i) => {
    const first = addDays(value.calendar.first, KNOWN_AFTER);
    if (from.slice(0, 10) < first)
      refuse(
        ['arrival', 'gaps', i, 'from'],
        from,
        `an hour from ${first} on: before it no report can tell a gap`,
      );
  });
  const { pilot } = figures;
  const begins = firmware.find(({ id }) => id === pilot?.firmware)?.states[0]?.from;
  if (pilot && begins && pilot.hold <= begins)
    refuse(['figures', 'pilot', 'hold'], pilot.hold, `a day after the pilot began, ${begins}`);
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
    [
      ...parties.suppliers.flatMap(({ import: eui64, gas }, i): [Path, string][] => [
        [['parties', 'suppliers', i, 'import'], formatEui64(eui64)],
        [['parties', 'suppliers', i, 'gas'], formatEui64(gas)],
      ]),
      ...(['operators', 'transporters', 'csps'] as const).flatMap((list) =>
        parties[list].map(({ eui64 }, i): [Path, string] => [
          ['parties', list, i, 'eui64'],
          formatEui64(eui64),
        ]),
      ),
    ],
    'an EUI-64',
  );
  unique(
    parties.csps.map(({ region }, i) => [['parties', 'csps', i, 'region'], region]),
    'a region',
  );
  return faults;
}

/** By addressee: kinds of devices whose alerts it could switch off if it were one who may, and what else is expected. */
const ADDRESSED = {
  supplier: [['ESME', 'GSME'], 'an addressee of `verdict: party`: CHF and GPF can not be configured'],
  operator: [['ESME'], 'an addressee of `verdict: party`: operators have electricity meters alone'],
  transporter: [['GSME'], 'an addressee of `verdict: party`: transporters have gas meters alone'],
  csp: [[] as string[], 'an addressee of `verdict: party`: a CSP can switch nothing off'],
} as const satisfies Record<string, readonly [readonly string[], string]>;

/** Days from which on the report can tell a gap: it knows what is usual in an hour of the week from two such hours. */
const KNOWN_AFTER = 15;
const TOLERANCE = 1e-6;
const sum = (values: readonly number[]) =>
  Number(values.reduce((total, one) => total + one, 0).toPrecision(9));
const names = (models: readonly { model: string }[]) => models.map(({ model }) => model);
