import { UsageError } from '../options.ts';
import { readTrialOptions, type TrialOptions, USAGE } from './options.ts';
import { printTrial } from './print.ts';
import { runTrial } from './run-trial.ts';

const log = (text: string) => void process.stderr.write(`${text}\n`);

async function trials(options: TrialOptions): Promise<boolean> {
  let good = true;
  for (const seed of options.seeds) {
    const trial = await runTrial(options, seed, log);
    process.stdout.write(options.json ? `${JSON.stringify(trial)}\n` : printTrial(trial));
    good &&= trial.proved && (trial.report === null || trial.report.faults.length === 0);
  }
  return good;
}

try {
  const options = readTrialOptions(process.argv.slice(2));
  if (options === null) process.stdout.write(USAGE);
  else if (!(await trials(options))) process.exitCode = 1;
} catch (error) {
  const isUsage = error instanceof UsageError;
  log(isUsage ? `error: ${error.message}\n(--help says how)` : String((error as Error).stack));
  process.exitCode = isUsage ? 2 : 1;
}
