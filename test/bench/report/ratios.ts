import type { Run } from '../contender.ts';
import { type Figure, ratio } from './figures.ts';

export type Ratios = Readonly<Record<string, Figure>>;

const perSecond = (seconds: number) => 1 / seconds;
const cpu = ({ usage }: Run) =>
  usage.filter(({ name }) => name !== 'others').reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0);

export function ratiosOf(tocsin: readonly Run[], engine: readonly Run[], drain: readonly Run[]): Ratios {
  const visible = (run: Run) => perSecond(run.visible);
  const built = (run: Run) => perSecond(run.built!);
  return {
    'speed to visible, Tocsin / Kafka engine': ratio(tocsin, engine, visible),
    'speed to last hour built, Tocsin / Kafka engine': ratio(tocsin, engine, built),
    'speed to visible with start, Tocsin / Kafka engine': ratio(tocsin, engine, (run) =>
      perSecond(run.start + run.visible),
    ),
    'speed to last hour built with start, Tocsin / Kafka engine': ratio(tocsin, engine, (run) =>
      perSecond(run.start + run.built!),
    ),
    'CPU a message, Tocsin / Kafka engine': ratio(tocsin, engine, cpu),
    'speed to visible, Tocsin / kafkajs alone': ratio(tocsin, drain, visible),
  };
}
