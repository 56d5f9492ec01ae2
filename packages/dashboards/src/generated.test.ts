import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { FOLDER, filesOf } from './files.ts';
import { DASHBOARDS } from './index.ts';

it('what is deployed is what the sources say (else: npm run dashboards)', () => {
  const deployed = new Map(
    readdirSync(FOLDER).map((name) => [name, readFileSync(new URL(name, FOLDER), 'utf8')]),
  );
  const sources = filesOf(DASHBOARDS);
  expect([...deployed.keys()].sort()).toEqual([...sources.keys()].sort());
  for (const [name, text] of sources) expect(deployed.get(name), name).toBe(text);
});

it('every link to a dashboard leads to one of ours, by a variable that it has', () => {
  const links = [...JSON.stringify(DASHBOARDS).matchAll(/\/d\/([\w-]+)\?([^"]*)/g)];
  expect(links.length).toBeGreaterThan(0);
  for (const [, uid, query] of links) {
    const target = Object.values(DASHBOARDS).find((one) => one.uid === uid);
    const variables = target?.templating.list?.map(({ name }) => name);
    for (const [, name] of query!.matchAll(/var-(\w+)=/g)) expect(variables, uid).toContain(name);
  }
});
