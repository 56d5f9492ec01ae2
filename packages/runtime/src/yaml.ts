import { readFileSync } from 'node:fs';
import {
  isCollection,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  parseDocument,
  visit,
  type Document as YamlDocument,
} from 'yaml';
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

/** What a file says, and where in it (line and field) each value stands. */
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
  /** A field's key, as its value may begin on a later line; an item of a list itself. */
  const nodeAt = (path: readonly PropertyKey[]): unknown => {
    if (path.length === 0) return document.contents;
    const within = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
    if (!isMap(within)) return document.getIn(path, true);
    return within.items.find(({ key }) => isScalar(key) && String(key.value) === path.at(-1))?.key;
  };
  const where = (path: readonly PropertyKey[]) => {
    // Of a field that is missing, the line of what should have it.
    for (let length = path.length; length >= 0; length--) {
      const node = nodeAt(path.slice(0, length));
      if (isNode(node) && node.range) return `${file}:${lineAt(node.range[0])}: ${showPath(path)}`;
    }
    return `${file}:1: ${showPath(path)}`;
  };
  const result = schema.safeParse(toValue(document, (at, message) => `${file}:${lineAt(at)}: ${message}`));
  if (result.success) return { value: result.data, where };
  throw new FileError(
    result.error.issues.flatMap(innermost).map(({ path, message }) => {
      const found = document.getIn(path);
      // A map or a list would be the larger part of the file.
      if (isCollection(found)) return `${where(path)}: ${message}`;
      return `${where(path)} is ${found === undefined ? 'missing' : JSON.stringify(found)}: ${message}`;
    }),
  );
}

/** @throws FileError where an alias has no anchor, or so many that the file would be something else than it looks */
function toValue(document: YamlDocument, faultAt: (position: number, message: string) => string): unknown {
  const faults: string[] = [];
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document)) return;
      faults.push(
        faultAt(alias.range?.[0] ?? 0, `*${alias.source}: expected an alias of an anchor above it`),
      );
    },
  });
  if (faults.length > 0) throw new FileError(faults);
  try {
    return document.toJS();
  } catch (error) {
    throw new FileError([faultAt(0, (error as Error).message)]);
  }
}

interface Fault {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** One fault for each field: an unknown key is one of its own, and of alternatives the one that was meant tells more. */
function innermost(issue: z.core.$ZodIssue): Fault[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      path: [...issue.path, key],
      message: 'expected no field of that name',
    }));
  if (issue.code !== 'invalid_union') return [issue];
  const [meant, another] = issue.errors.filter((inner) => inner.every(({ path }) => path.length > 0));
  if (!meant || another) return [issue];
  return meant.flatMap((inner) => innermost({ ...inner, path: [...issue.path, ...inner.path] }));
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
