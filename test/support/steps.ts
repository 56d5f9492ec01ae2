import type { Step } from '@tocsin/delivery';
import type { LogLine, Service } from './service.ts';

/** The steps of a block in their order, as the processor logs them. */
const STEPS = [
  'prepared',
  'planned',
  'ledgered',
  'buried',
  'inserted',
  'committed',
] as const satisfies readonly Step[];

export function isStep({ msg }: LogLine): boolean {
  return (STEPS as readonly string[]).includes(msg);
}

/** By partition: the last step that a processor's log has of it. */
function lastSteps({ lines }: Pick<Service, 'lines'>): Map<number, Step> {
  const last = new Map<number, Step>();
  for (const line of lines) if (isStep(line)) last.set(line.partition as number, line.msg as Step);
  return last;
}

/** Between which steps each partition stood when its processor died. */
export function whereItFell(victim: Pick<Service, 'lines'>): Map<number, string> {
  const next = (step: Step) => STEPS[(STEPS.indexOf(step as (typeof STEPS)[number]) + 1) % STEPS.length];
  return new Map(
    [...lastSteps(victim)].map(([partition, step]) => [
      partition,
      step === 'committed' ? 'between blocks' : `${step} → ${next(step)}`,
    ]),
  );
}

/** Whether a block was surely planned and not yet committed: the log's line comes after the step. */
export function fellWithinBlock(victim: Pick<Service, 'lines'>): boolean {
  return [...lastSteps(victim).values()].some((step) => step !== 'prepared' && step !== 'committed');
}
