import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { countProduced } from '../../support/kafka-tools.ts';
import { type Env, tocsin } from '../../support/service.ts';
import type { Usage } from '../processes.ts';
import { readSizes, type Size } from '../table-sizes.ts';
import { type Behind, readBehind } from './behind.ts';
import { type Line, startLine } from './line.ts';
import type { TrialOptions } from './options.ts';

export interface Trial {
  readonly seed: number;
  readonly scale: number;
  /** As produced: messages on `alerts`, events on `inventory`. */
  readonly messages: number;
  readonly events: number;
  /** What the messages stand for, of those that count. */
  readonly alerts: number;
  readonly corrected: number;
  /** From the first message on: until all is produced, in the ledger, and corrected and built. */
  readonly seconds: { readonly produced: number; readonly counted: number; readonly settled: number };
  readonly processes: readonly Usage[];
  readonly sizes: readonly Size[];
  readonly proved: boolean;
  /** Null: only some days were told. */
  readonly report: Verdicts | null;
}

export interface Verdicts {
  readonly truth: Readonly<Record<string, number>>;
  readonly minutes: Readonly<Record<string, number>>;
  /** Measures, and what the truth has beside them, that do not agree. */
  readonly disagree: readonly string[];
}

const TOCSIN = createRequire(import.meta.url).resolve('@tocsin/cli/bin/tocsin.js');
const LOOK_AGAIN_MS = 500;

/** Tells the scenario once, to a line of its own. @throws Error where a part fails */
export async function runTrial(
  options: TrialOptions,
  seed: number,
  log: (text: string) => void,
): Promise<Trial> {
  const dataDir = options.data ?? (await mkdtemp(join(tmpdir(), 'tocsin-trial-')));
  const line = await startLine(dataDir, log);
  try {
    return await Promise.race([line.broken, tell(line, join(dataDir, 'truth.json'), options, seed, log)]);
  } finally {
    await line.stop();
    await rm(join(dataDir, 'engines'), { recursive: true, force: true });
    if (!options.data) await rm(dataDir, { recursive: true, force: true });
  }
}

async function tell(
  { env, store, engines, used }: Line,
  truthFile: string,
  { simulate, scale, whole }: TrialOptions,
  seed: number,
  log: (text: string) => void,
): Promise<Trial> {
  const begun = performance.now();
  const elapsed = () => (performance.now() - begun) / 1000;
  log(`telling seed ${seed}`);
  await simulated([...simulate, '--seed', String(seed), '--truth', truthFile], env);
  const produced = elapsed();
  const [messages, events] = await Promise.all(
    ['alerts', 'inventory'].map((topic) => countProduced(engines.kafkaBrokers, topic)),
  );
  const until = async (done: (behind: Behind) => boolean) => {
    for (;;) {
      const behind = await readBehind(store, messages! + events!);
      process.stderr.write(
        `\r${behind.messages} messages, ${behind.history} rows of history and ${behind.buckets} buckets behind, ${elapsed().toFixed(0)} s  `,
      );
      if (done(behind)) {
        log('');
        return elapsed();
      }
      await pause(LOOK_AGAIN_MS);
    }
  };
  const counted = await until((behind) => behind.messages <= 0);
  const settled = await until(
    (behind) => behind.messages <= 0 && behind.history === 0 && behind.buckets === 0,
  );
  const sizes = await readSizes(store);
  const [sums] = await store.rows<{ alerts: number; corrected: number }>(
    'SELECT (SELECT sum(alerts) FROM alerts) AS alerts, (SELECT sum(corrected) FROM revisions) AS corrected',
  );
  log('verifying');
  const proof = await tocsin(['verify', '--json'], env);
  if (proof.code !== 0) log(proof.stdout + proof.stderr);
  // After the proof, whose queries are the heaviest.
  const processes = used();
  return {
    ...{ seed, scale, messages: messages!, events: events!, ...sums! },
    seconds: { produced, counted, settled },
    ...{ processes, sizes, proved: proof.code === 0 },
    report: whole ? await compared(env, truthFile) : null,
  };
}

/** Its own progress goes to the terminal. */
function simulated(args: readonly string[], env: Env): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [TOCSIN, 'simulate', ...args], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    child.once('error', reject).once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`simulate ended with ${code}`));
    });
  });
}

async function compared(env: Env, truthFile: string): Promise<Verdicts> {
  const { stdout, stderr } = await tocsin(['report', 'opsg-34', '--json', '--compare', truthFile], env);
  const [, second] = stdout.split('\n');
  if (!second) throw new Error(`the report failed: ${stderr}`);
  type One = { measure: string; truth?: { verdict: string }; minutes?: { verdict: string } };
  const { compared, unmeasured } = JSON.parse(second) as { compared: One[]; unmeasured: string[] };
  const tally = (verdicts: (string | undefined)[]) => {
    const counts: Record<string, number> = {};
    for (const verdict of verdicts) if (verdict) counts[verdict] = (counts[verdict] ?? 0) + 1;
    return counts;
  };
  return {
    truth: tally(compared.map(({ truth }) => truth?.verdict)),
    minutes: tally(compared.map(({ minutes }) => minutes?.verdict)),
    disagree: [
      ...compared.filter(({ truth }) => truth?.verdict === 'does not agree').map(({ measure }) => measure),
      ...unmeasured.map((id) => `${id} is not measured`),
    ],
  };
}
