import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { API, type Project, type Symbol as Sign, SymbolFlags } from 'typescript/unstable/sync';
import { afterAll, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folders = ['packages', 'services']
  .flatMap((kind) => readdirSync(root + kind).map((name) => `${kind}/${name}`))
  .filter((folder) => existsSync(`${root}${folder}/src/index.ts`));

const api = new API({ cwd: root });
const projects = api.updateSnapshot({
  openProjects: folders.map((folder) => `${root}${folder}/tsconfig.json`),
});
afterAll(() => api.close());

/** What an index brings to the outside, where it is defined: what is another package's is held to it there. */
function definedIn(folder: string, { checker, program }: Project): Sign[] {
  const index = checker.getSymbolAtLocation(program.getSourceFile(`${root}${folder}/src/index.ts`)!)!;
  return checker
    .getExportsOfModule(index)
    .map((one) => (one.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(one) : one))
    .filter((one) => fileOf(one).includes(`/${folder}/src/`));
}

const fileOf = ({ declarations }: Sign): string => declarations[0]?.path ?? '';

describe.each(folders)('%s', (folder) => {
  test('has a docstring at the definition of every name that it exports', () => {
    const project = projects.getProject(`${root}${folder}/tsconfig.json`)!;
    const defined = definedIn(folder, project);
    expect(defined).not.toEqual([]);
    const bare = defined.filter((one) => one.getDocumentationComment(project.checker) === '');
    expect(bare.map((one) => `${fileOf(one).split(`/${folder}/`)[1]}: ${one.name}`)).toEqual([]);
  });
});
