#!/usr/bin/env node
/**
 * The test command: runs every suite, says which ran, and ends with `N passed, N failed, N skipped`.
 * A suite whose tool is missing is named with how to get the tool; where CI is set it counts as failed.
 * What failed is told again at the end, where a log of an hour is read first.
 * `npm test -- unit faults` runs only the suites named.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = new URL('..', import.meta.url).pathname;
const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' };

const TOOLS = {
  java: {
    command: 'java',
    args: ['-version'],
    get: 'Java 17 or newer: apt-get install openjdk-17-jre-headless',
  },
  maven: { command: 'mvn', args: ['-version'], get: 'Maven: apt-get install maven' },
  python: {
    command: 'python3',
    args: ['-c', 'import venv, ensurepip'],
    get: 'Python 3: apt-get install python3-venv',
  },
  ps: { command: 'ps', args: ['--version'], get: 'ps: apt-get install procps' },
  prometheus: {
    command: 'promtool',
    args: ['--version'],
    get: 'Prometheus and Alertmanager: apt-get install prometheus prometheus-alertmanager',
  },
  curl: { command: 'curl', args: ['--version'], get: 'curl: apt-get install curl' },
  jq: { command: 'jq', args: ['--version'], get: 'jq: apt-get install jq' },
  compose: {
    command: 'docker-compose',
    args: ['version'],
    get: 'docker-compose: apt-get install docker-compose',
  },
};

const engines = ['java', 'maven'];
const npm = (script) => ({ command: 'npm', args: ['run', '--silent', script] });
const vitest = (project) => ({ project });

/** In order: what others need comes first. */
const SUITES = [
  { name: 'build', tools: [], ...npm('build'), needed: true },
  { name: 'lint', tools: [], ...npm('lint') },
  { name: 'unused', tools: [], ...npm('unused') },
  { name: 'unit', tools: ['compose'], ...vitest('unit') },
  {
    name: 'integration',
    tools: [...engines, 'python', 'curl', 'jq', 'prometheus'],
    ...vitest('integration'),
  },
  { name: 'accuracy', tools: ['python'], ...vitest('accuracy') },
  { name: 'faults', tools: engines, ...vitest('faults') },
  { name: 'mutants', tools: engines, ...vitest('mutants') },
  { name: 'e2e', tools: [...engines, 'python', 'ps', 'prometheus'], ...vitest('e2e') },
];

const missing = new Map(
  Object.entries(TOOLS)
    .filter(([, { command, args }]) => spawnSync(command, args, { stdio: 'ignore' }).status !== 0)
    .map(([name, { get }]) => [name, get]),
);

/** Runs a suite and gives how many of its tests passed, failed and were skipped. */
function runSuite({ command, args, project }) {
  if (project) return runVitest(project);
  const { status } = spawnSync(command, args, { cwd: root, env, stdio: 'inherit' });
  return { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0, failures: [] };
}

/** The first lines of what a failed test, or a file that could not be loaded, said. */
const excerpt = (text) => text.split('\n').slice(0, 12).join('\n    ');

function failuresOf(file) {
  const name = file.name.replace(root, '');
  const failed = file.assertionResults.filter(({ status }) => status === 'failed');
  if (failed.length === 0 && file.status === 'failed') return [`${name}\n    ${excerpt(file.message)}`];
  return failed.map((test) => `${name} > ${test.fullName}\n    ${excerpt(test.failureMessages.join('\n'))}`);
}

function runVitest(project) {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-test-'));
  const report = join(folder, 'report.json');
  const args = ['vitest', 'run', '--config', 'test/vitest.config.ts', '--project', project];
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { status } = spawnSync('npx', [...args, ...reporters], { cwd: root, env, stdio: 'inherit' });
  try {
    const { numPassedTests, numFailedTests, numTotalTests, numFailedTestSuites, testResults } = JSON.parse(
      readFileSync(report, 'utf8'),
    );
    // A file that could not be loaded fails without a failed test in it.
    const failed = numFailedTests || (status === 0 ? 0 : Math.max(1, numFailedTestSuites));
    const skipped = numTotalTests - numPassedTests - numFailedTests;
    return { passed: numPassedTests, failed, skipped, failures: testResults.flatMap(failuresOf) };
  } catch {
    return { passed: 0, failed: 1, skipped: 0, failures: [] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !SUITES.some((suite) => suite.name === name));
if (unknown.length > 0) {
  const names = SUITES.map(({ name }) => name).join(', ');
  process.stderr.write(`no suite ${unknown.join(', ')}: there are ${names}\n`);
  process.exit(2);
}

const total = { passed: 0, failed: 0, skipped: 0 };
const lines = [];
const failures = [];
for (const suite of SUITES) {
  if (wanted.length > 0 && !wanted.includes(suite.name) && !suite.needed) continue;
  const lacking = suite.tools.filter((tool) => missing.has(tool));
  const started = performance.now();
  let counts;
  let note = '';
  if (lacking.length > 0) {
    counts = process.env.CI ? { passed: 0, failed: 1, skipped: 0 } : { passed: 0, failed: 0, skipped: 1 };
    note = `did not run, for want of ${lacking.map((tool) => missing.get(tool)).join('; ')}`;
  } else {
    process.stdout.write(`\n=== ${suite.name}\n`);
    counts = runSuite(suite);
    note = `${Math.round((performance.now() - started) / 1000)} s`;
  }
  for (const key of Object.keys(total)) total[key] += counts[key];
  failures.push(...(counts.failures ?? []).map((failure) => `${suite.name}: ${failure}`));
  const { passed, failed, skipped } = counts;
  lines.push(
    `${suite.name.padEnd(12)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed ${String(skipped).padStart(4)} skipped   ${note}`,
  );
  if (suite.needed && failed > 0) break;
}
if (failures.length > 0) process.stdout.write(`\n=== failed\n\n${failures.join('\n\n')}\n`);
process.stdout.write(`\n${lines.join('\n')}\n\n`);
process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
process.exit(total.failed > 0 ? 1 : 0);
