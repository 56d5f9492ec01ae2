import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { countProduced } from '../../support/kafka-tools.ts';
import { type Env, tocsin } from '../../support/service.ts';
import { type Compared, faultsOf, type Variant, writeVariant } from '../../support/variants.ts';
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
  /** How often the truth agrees, does not, or is not shown. */
  readonly truth: Readonly<Record<string, number>>;
  /** What was measured of the minutes' figures. */
  readonly minutes: readonly Compared[];
  /** What does not agree with the truth, or is not as a variant has it. */
  readonly faults: readonly string[];
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
    if (!options.keep) await rm(join(dataDir, 'engines'), { recursive: true, force: true });
    if (!options.data) await rm(dataDir, { recursive: true, force: true });
  }
}

async function tell(
  { env, store, engines, used }: Line,
  truthFile: string,
  { simulate, scale, whole, variant }: TrialOptions,
  seed: number,
  log: (text: string) => void,
): Promise<Trial> {
  const begun = performance.now();
  const elapsed = () => (performance.now() - begun) / 1000;
  log(`telling seed ${seed}`);
  const scenario = variant ? ['--scenario', writeVariant(variant, dirname(truthFile))] : [];
  await simulated([...simulate, ...scenario, '--seed', String(seed), '--truth', truthFile], env);
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
    report: whole ? await verdicts(env, truthFile, scale, variant) : null,
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

async function verdicts(
  env: Env,
  truthFile: string,
  scale: number,
  variant: Variant | undefined,
): Promise<Verdicts> {
  const { stdout, stderr } = await tocsin(['report', 'opsg-34', '--json', '--compare', truthFile], env);
  const [, second] = stdout.split('\n');
  if (!second) throw new Error(`the report failed: ${stderr}`);
  const { compared, unmeasured } = JSON.parse(second) as { compared: Compared[]; unmeasured: string[] };
  const truth: Record<string, number> = {};
  for (const { truth: one } of compared) if (one) truth[one.verdict] = (truth[one.verdict] ?? 0) + 1;
  return {
    truth,
    minutes: compared.filter(({ minutes }) => minutes !== undefined),
    faults: [
      ...compared
        .filter(({ truth: one }) => one?.verdict === 'does not agree')
        .map(({ measure, measured, truth: one }) => `${measure} is ${measured}, by the truth ${one?.value}`),
      ...unmeasured.map((id) => `${id} is not measured`),
      ...(variant ? faultsOf(variant, compared, scale) : []),
    ],
  };
}
