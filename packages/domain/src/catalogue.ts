import { readFileSync } from 'node:fs';

/**
 * One alert code that we know. A code that isn't here is no fault: such codes do arrive, and are counted as
 * unknown. What the source doesn't tell of a code is `n/a`.
 */
export interface CatalogueEntry {
  code: string;
  name: string;
  /** Who raises it: a device, or the DCC's own systems. */
  raisedBy: 'device' | 'dcc';
  criticality: 'critical' | 'non-critical' | 'n/a';
  mandate: 'mandated' | 'configurable' | 'n/a';
  /** `Y`: can't be switched off; `n/a`: only logged, so not expected on the stream. */
  alwaysOn: 'Y' | 'N' | 'n/a';
  /** Whom it is addressed to; empty where the source doesn't say. */
  remoteParties: readonly string[];
  /** Whether it tells of a danger to people, so that it must never be switched off. A registry can add to these. */
  safety: boolean;
  /** Where the entry comes from. */
  source: string;
}

const CRITICALITIES = ['critical', 'non-critical', 'n/a'] as const;
const MANDATES = ['mandated', 'configurable', 'n/a'] as const;
const ALWAYS_ON = ['Y', 'N', 'n/a'] as const;

/** Codes that tell of a danger to people; that one is here is no operator's to take back. */
const SAFETY_CODES = new Set(readTable('safety-codes.csv').map(({ code }) => code!));

/** All known codes: of devices from data/alert-codes.csv, of the DCC from data/dcc-alert-codes.csv. */
export const CATALOGUE: ReadonlyMap<string, CatalogueEntry> = new Map(
  [...readDeviceCodes(), ...readDccCodes()].map((entry) => [entry.code, entry]),
);

function readDeviceCodes(): CatalogueEntry[] {
  return readTable('alert-codes.csv').map((row) => ({
    code: row.code!,
    name: row.name!,
    raisedBy: 'device',
    criticality: oneOf(CRITICALITIES, row.criticality!, row.code!),
    mandate: oneOf(MANDATES, row.mandate!, row.code!),
    alwaysOn: oneOf(ALWAYS_ON, row.always_on!, row.code!),
    remoteParties: row.remote_party === '' ? [] : row.remote_party!.split('|'),
    safety: SAFETY_CODES.has(row.code!),
    source: row.source!,
  }));
}

function readDccCodes(): CatalogueEntry[] {
  return readTable('dcc-alert-codes.csv').map((row) => ({
    code: row.code!,
    name: row.name!,
    raisedBy: 'dcc',
    criticality: 'n/a',
    mandate: 'n/a',
    alwaysOn: 'n/a',
    remoteParties: [],
    safety: SAFETY_CODES.has(row.code!),
    source: row.source!,
  }));
}

function oneOf<T extends string>(allowed: readonly T[], value: string, code: string): T {
  const found = allowed.find((each) => each === value);
  if (found === undefined) {
    throw new Error(`alert code ${code}: expected one of ${allowed.join(', ')}, found "${value}"`);
  }
  return found;
}

/** Rows of a CSV file with a header line, fields quoted where they hold commas; no line breaks in fields. */
function readTable(file: string): Record<string, string>[] {
  const text = readFileSync(new URL(`../data/${file}`, import.meta.url), 'utf8');
  const [header, ...rows] = text.trim().split(/\r?\n/).map(fieldsOf);
  return rows.map((fields) => {
    if (fields.length !== header!.length) throw new Error(`${file}: expected ${header}, found ${fields}`);
    return Object.fromEntries(header!.map((column, i) => [column, fields[i]!]));
  });
}

function fieldsOf(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain!,
  );
}
