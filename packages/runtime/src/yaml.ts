import { readFileSync } from 'node:fs';
import { isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';

/** A configuration file can't be used. `faults` has one line for each: file, line, field, value, what was expected. */
export class FileError extends Error {
  readonly exitCode = 2;
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'FileError';
    this.faults = faults;
  }
}

export interface Document<T> {
  readonly value: T;
  /** `parties.yaml:12: parties[1].id` */
  where(path: readonly PropertyKey[]): string;
}

/**
 * Reads a configuration file in YAML.
 * @throws FileError with every fault at once
 */
export function readYaml<S extends z.ZodType>(schema: S, file: string): Document<z.output<S>> {
  const lines = new LineCounter();
  const document = parseDocument(readText(file), { lineCounter: lines, prettyErrors: false });
  const lineAt = (position: number) => lines.linePos(position).line;
  if (document.errors.length > 0) {
    throw new FileError(document.errors.map(({ pos, message }) => `${file}:${lineAt(pos[0])}: ${message}`));
  }
  const where = (path: readonly PropertyKey[]) => {
    // Of a field that is missing, the line of what should have it.
    for (let length = path.length; length >= 0; length--) {
      const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return `${file}:${lineAt(node.range[0])}: ${showPath(path)}`;
    }
    return `${file}:1: ${showPath(path)}`;
  };
  const result = schema.safeParse(document.toJS());
  if (result.success) return { value: result.data, where };
  throw new FileError(
    result.error.issues.map(({ path, message }) => {
      const found = document.getIn(path);
      const shown = found === undefined ? 'is missing' : `is ${JSON.stringify(found)}`;
      return `${where(path)} ${shown}: ${message}`;
    }),
  );
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new FileError([`${file}: can't be read: ${(error as Error).message}`]);
  }
}

function showPath(path: readonly PropertyKey[]): string {
  const shown = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return shown.replace(/^\./, '') || 'the whole';
}
