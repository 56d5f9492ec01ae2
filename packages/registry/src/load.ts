import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CATALOGUE } from '@tocsin/domain';
import { type CodeFacts, createRules, type Lever, type Party, type Rules } from '@tocsin/domain/classify';
import { type Document, FileError, readYaml } from '@tocsin/runtime';
import type { z } from 'zod';
import { crossCheck } from './cross-check.ts';
import { scaleDown } from './scale-down.ts';
import { CODES, COMPONENTS, LEVERS, MIGRATIONS, PARTIES, ROLLOUTS } from './schemas.ts';
import { shift } from './shift.ts';

const FILES = {
  parties: PARTIES,
  levers: LEVERS,
  rollouts: ROLLOUTS,
  components: COMPONENTS,
  codes: CODES,
  migrations: MIGRATIONS,
} as const;
/** A network on which nothing is migrated has no file of it. */
const MAY_LACK: ReadonlySet<string> = new Set(['migrations']);
/** A registry by the name of its file, without `.yaml`. */
export type RegistryName = keyof typeof FILES;

/** The registries' files as they stand in the folder; times in ms since the epoch. */
export interface RegistryFiles {
  readonly parties: z.output<typeof PARTIES>['parties'];
  readonly levers: z.output<typeof LEVERS>['levers'];
  readonly rollouts: z.output<typeof ROLLOUTS>['rollouts'];
  readonly components: z.output<typeof COMPONENTS>['components'];
  readonly codes: z.output<typeof CODES>['codes'];
  readonly migrations: z.output<typeof MIGRATIONS>['migrations'];
}

/** All registries of a folder, checked one by one and against each other. */
export interface RegistrySet {
  /** Tells versions of the set apart: a hash of its files. */
  readonly version: string;
  readonly files: RegistryFiles;
  /** What these parties, levers and codes make of an alert. */
  rules(): Rules;
}

/** The set for the scenario: a folder. */
export const shippedRegistry = (): string => fileURLToPath(new URL('../opsg-34', import.meta.url));

/** For which network and calendar the files are read; another version of the set for each. */
export interface LoadOptions {
  /** By so many weeks all times are later, as those of a scenario that ends today. */
  readonly shiftWeeks: number;
  /** Only every so many-th device is told of: capacities are divided by it. Default 1. */
  readonly scale?: number;
}

/**
 * Reads a folder with parties.yaml, levers.yaml, rollouts.yaml, components.yaml and codes.yaml, and migrations.yaml where it
 * is there.
 * @throws FileError with the faults of all files, or else with all contradictions among them
 */
export function loadRegistry(folder: string, options: LoadOptions): RegistrySet {
  const faults: string[] = [];
  const read = <N extends RegistryName>(name: N): Document<z.output<(typeof FILES)[N]>> | undefined => {
    try {
      return readYaml(FILES[name], join(folder, `${name}.yaml`)) as Document<z.output<(typeof FILES)[N]>>;
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      faults.push(...error.faults);
      return undefined;
    }
  };
  const documents = {
    parties: read('parties'),
    levers: read('levers'),
    rollouts: read('rollouts'),
    components: read('components'),
    codes: read('codes'),
    migrations: isThere(folder, 'migrations') ? read('migrations') : NO_MIGRATIONS,
  };
  if (faults.length > 0) throw new FileError(faults);
  const whole = documents as { [N in RegistryName]: NonNullable<(typeof documents)[N]> };
  faults.push(...crossCheck(whole));
  if (faults.length > 0) throw new FileError(faults);

  const files = shift(
    {
      parties: whole.parties.value.parties,
      levers: whole.levers.value.levers,
      rollouts: whole.rollouts.value.rollouts,
      components: whole.components.value.components,
      codes: whole.codes.value.codes,
      migrations: whole.migrations.value.migrations,
    },
    options.shiftWeeks,
  );
  return {
    version: versionOf(folder, options),
    files: scaleDown(files, options.scale ?? 1),
    rules: () => rulesOf(files),
  };
}

const NO_MIGRATIONS: Document<z.output<typeof MIGRATIONS>> = {
  value: { version: 1, migrations: [] },
  where: () => 'migrations.yaml',
};

const isThere = (folder: string, name: string) =>
  !MAY_LACK.has(name) || existsSync(join(folder, `${name}.yaml`));

/** To be raised where `rowsOf` tells more of the same files: a store has them anew then. */
const TELLING = 2;

/** Which version the files are, without reading what they say. */
export function versionOf(folder: string, { shiftWeeks, scale = 1 }: LoadOptions): string {
  const hash = createHash('sha256').update(`${TELLING} ${shiftWeeks} ${scale}`);
  for (const name of Object.keys(FILES).filter((one) => isThere(folder, one)))
    hash.update(readFileSync(join(folder, `${name}.yaml`)));
  return hash.digest('hex').slice(0, 16);
}

function rulesOf({ parties, levers, codes }: RegistryFiles): Rules {
  const added = new Set(codes.filter(({ safety }) => safety).map(({ code }) => code));
  const facts = new Map<string, CodeFacts>(
    [...CATALOGUE].map(([code, entry]) => [code, { ...entry, safety: entry.safety || added.has(code) }]),
  );
  return createRules({ codes: facts, parties: parties.map(toParty), levers: levers.map(toLever) });
}

function toParty({ id, name, roles }: RegistryFiles['parties'][number]): Party {
  return {
    id,
    name,
    roles: roles.map(({ 'dcc-user': dccUser, kind, ...role }) => ({ ...role, kind: kind ?? '', dccUser })),
  };
}

function toLever(lever: RegistryFiles['levers'][number]): Lever {
  if (lever.kind === 'service-request') return { ...lever, deviceKinds: lever['device-kinds'] };
  return { ...lever, actingParty: lever['acting-party'] };
}
