import { readFileSync } from 'node:fs';

interface SecretFiles {
  /** By variable: what its file has, without the line end at its end. */
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly string[];
  /** The variables that the faults are about. */
  readonly faulty: ReadonlySet<string>;
}

/** The variable that names a file instead of giving the value, as the images of databases have it. */
export const fileVariable = (name: string) => `${name}_FILE`;

/** Reads the values of those of `names` that are given by file. A fault says which variable it is, never the value. */
export function readSecretFiles(
  names: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): SecretFiles {
  const values: Record<string, string> = {};
  const faults = new Map<string, string>();
  for (const name of names) {
    const path = env[fileVariable(name)];
    if (!path) continue;
    if (env[name]) {
      faults.set(name, `${name} and ${fileVariable(name)} are both set: expected one of them`);
      continue;
    }
    const file = `${fileVariable(name)} is ${JSON.stringify(path)}`;
    try {
      const value = readFileSync(path, 'utf8').replace(/\r?\n$/, '');
      if (value === '') faults.set(name, `${file}: expected a value in that file, which is empty`);
      else values[name] = value;
    } catch (error) {
      faults.set(
        name,
        `${file}: expected a file that can be read (${(error as NodeJS.ErrnoException).code})`,
      );
    }
  }
  return { values, faults: [...faults.values()], faulty: new Set(faults.keys()) };
}
