import { cpSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, matchesGlob, relative } from 'node:path';

/** One line of a Dockerfile, continued lines joined. */
export interface Instruction {
  readonly name: string;
  readonly rest: string;
}

/** The instructions of each stage, in order, its FROM first. */
export function stagesOf(file: string): Instruction[][] {
  const lines = readFileSync(file, 'utf8')
    .replace(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const stages: Instruction[][] = [];
  for (const line of lines) {
    const [, name = '', rest = ''] = /^(\S+)\s+(.*)$/.exec(line) ?? [];
    if (name === 'FROM') stages.push([]);
    stages.at(-1)?.push({ name, rest });
  }
  return stages;
}

/** Whether Docker would leave a path out of what it copies: the last rule that matches holds, `!` takes back. */
function leavesOut(rules: readonly string[]): (path: string) => boolean {
  return (path) => {
    let out = false;
    for (const rule of rules) {
      const pattern = rule.replace(/^!/, '');
      const parents = path.split('/').map((_, i, parts) => parts.slice(0, i + 1).join('/'));
      if (parents.some((parent) => matchesGlob(parent, pattern))) out = !rule.startsWith('!');
    }
    return out;
  };
}

/** Carries out `COPY source… target` from one folder into another, minding the first one's `.dockerignore`. */
export function copy(rest: string, context: string, root: string): void {
  const paths = rest.split(/\s+/);
  const target = paths.pop() as string;
  const rules = readFileSync(join(context, '.dockerignore'), 'utf8').split('\n').filter(Boolean);
  const out = leavesOut(rules);
  for (const source of paths) {
    const from = join(context, source);
    const into = target.endsWith('/') ? join(root, target, basename(source)) : join(root, target);
    mkdirSync(dirname(into), { recursive: true });
    const wanted = (path: string) => {
      const name = relative(context, path);
      // What is in a folder that is left out may be taken back.
      return (
        !out(name) || (statSync(path).isDirectory() && rules.some((rule) => rule.startsWith(`!${name}/`)))
      );
    };
    if (!wanted(from)) throw new Error(`COPY ${source}: .dockerignore leaves it out`);
    cpSync(from, into, { recursive: true, filter: wanted });
  }
}
