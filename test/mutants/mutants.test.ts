import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Mutant } from './mutant.ts';
import { MUTANTS } from './mutants.ts';
import { applyEdits } from './mutate.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TIME_LIMIT_MS = 300_000;

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: { readonly message: string; readonly assertionResults: unknown[] }[];
}

type Suite = Pick<Mutant, 'project' | 'suite' | 'only'>;

/** Runs a suite in a process of its own, with a mutant's fault or none in the sources. */
async function runSuite({ project, suite, only }: Suite, mutant?: string): Promise<Report> {
  const folder = await mkdtemp(join(tmpdir(), 'tocsin-mutants-'));
  const file = join(folder, 'report.json');
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  const args = ['run', '--config', 'test/mutants/vitest.config.ts', '--project', project, suite];
  // The first red test of a file says it all. Of several files two may be red at once, and then nothing is reported.
  const bail = suite.endsWith('.test.ts') ? ['--bail=1'] : [];
  const report = [...bail, '--reporter=json', `--outputFile=${file}`];
  const { MUTANT: _, ...env } = process.env;
  try {
    const child = spawn(process.execPath, [vitest, ...args, ...report, ...(only ? ['-t', only] : [])], {
      cwd: ROOT,
      env: { ...env, ...(mutant === undefined ? {} : { MUTANT: mutant }) },
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: TIME_LIMIT_MS,
    });
    let errors = '';
    child.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    await new Promise((resolve) => child.once('close', resolve));
    const text = await readFile(file, 'utf8').catch(() => {
      throw new Error(`${suite} did not come to its end:\n${errors}`);
    });
    return JSON.parse(text) as Report;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Files that could not be loaded: these have a message and no tests. */
const unloaded = ({ testResults }: Report) =>
  testResults.filter(({ assertionResults }) => assertionResults.length === 0).map(({ message }) => message);

/** One of each project: all of them are run by themselves, and this is whether to run them from here makes them red. */
const suites = [
  ...new Map(
    MUTANTS.map(({ project, suite, only }) => [project, { project, suite, ...(only ? { only } : {}) }]),
  ).values(),
];

describe.concurrent('suites without a fault', () => {
  test.each(suites)('$suite is green', async (suite) => {
    const report = await runSuite(suite);
    expect(unloaded(report)).toEqual([]);
    expect(report.numFailedTests).toBe(0);
    expect(report.numPassedTests).toBeGreaterThan(0);
  });
});

describe.concurrent('mutants', () => {
  test.each(MUTANTS)('$name: the suite is red', async (mutant) => {
    applyEdits(mutant, await readFile(join(ROOT, mutant.file), 'utf8'));
    const report = await runSuite(mutant, mutant.name);
    expect(unloaded(report)).toEqual([]);
    expect(report.numFailedTests).toBeGreaterThan(0);
  });
});
