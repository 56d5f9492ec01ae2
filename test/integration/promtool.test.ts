import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DEPLOY, program } from '../support/prometheus.ts';

const files = (folder: string) => readdirSync(join(DEPLOY, folder)).map((name) => join(DEPLOY, folder, name));

test("Prometheus's own tool takes the configuration and its rules", async () => {
  expect(await program('promtool', ['check', 'config', 'prometheus/prometheus.yml'])).toMatch(
    /SUCCESS: .* valid/,
  );
});

test("each alarm's tests pass by Prometheus's own tool", async () => {
  const said = await program('promtool', ['test', 'rules', ...files('prometheus/tests')]);
  expect(said.match(/SUCCESS/g)).toHaveLength(files('prometheus/rules').length);
});

test("Alertmanager's own tool takes the routes", async () => {
  expect(await program('amtool', ['check-config', 'alertmanager/alertmanager.yml'])).toMatch(/SUCCESS/);
});

test.each([
  ['severity=critical acts=platform alertname=ServiceDown', 'platform-on-call'],
  ['severity=critical acts=dcc alertname=FeedSilent', 'dcc'],
  ['severity=warning acts=operations alertname=CodeSpike', 'operations'],
  ['severity=critical acts=migration alertname=MigrationStop', 'migration'],
])('an alarm with %s goes to %s', async (labels, receiver) => {
  const args = [
    'config',
    'routes',
    'test',
    '--config.file=alertmanager/alertmanager.yml',
    ...labels.split(' '),
  ];
  expect((await program('amtool', args)).split('\n')[0]).toBe(receiver);
});
