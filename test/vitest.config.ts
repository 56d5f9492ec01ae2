import { defineConfig } from 'vitest/config';
import { LONGEST_SECONDS } from './support/kills.ts';

// Packages are read from their TypeScript sources, so that a test sees the code as it stands, built or not.
const root = new URL('..', import.meta.url).pathname;
// `import` is not among them: Node would take it for what is required as well.
const conditions = ['@tocsin/source', 'node'];

/**
 * Each file starts engines of its own, and mostly waits: for sessions to expire, for members to join. Two at a time take
 * little more than half the time.
 */
const suite = (name: string, include: string[], seconds: number) => ({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    ...{ name, root, include, testTimeout: seconds * 1000, hookTimeout: 120_000 },
    // Each test at a time is a whole line of services: more of them than cores only get into each other's way.
    ...{ maxWorkers: 2, maxConcurrency: 2 },
    // Brokers that live for a minute: what Java's second compiler would spend on them never comes back.
    env: { JDK_JAVA_OPTIONS: '-XX:TieredStopAtLevel=1' },
    // A condition is awaited for as long as a loaded machine may take: what is right comes at once.
    expect: { poll: { timeout: 20_000 } },
  },
});

/** Pure rules leave nothing behind: a module is loaded once for all files, which is half of what they take. */
const pure = ({ test, ...rest }: ReturnType<typeof suite>) => ({
  ...rest,
  test: { ...test, isolate: false },
});

export default defineConfig({
  root,
  test: {
    projects: [
      pure(suite('unit', ['{packages,services}/*/src/**/*.test.ts', 'test/structure/**/*.test.ts'], 120)),
      { ...suite('integration', ['test/integration/**/*.test.ts'], 240) },
      { ...suite('accuracy', ['test/accuracy/**/*.test.ts'], 1200) },
      { ...suite('faults', ['test/faults/**/*.test.ts'], LONGEST_SECONDS) },
      { ...suite('mutants', ['test/mutants/**/*.test.ts'], 600) },
      { ...suite('e2e', ['test/e2e/**/*.test.ts'], 300) },
    ],
  },
});
