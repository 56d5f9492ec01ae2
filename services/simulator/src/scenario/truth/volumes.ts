import { addDays, type Days, daysOf, startOf } from '@tocsin/domain';
import type { Meaning } from '../meanings.ts';
import { hasGas } from '../world.ts';
import type { Drawn, Value } from './drawn.ts';

export function installations({ world, told, complete, mean }: Drawn): Record<string, Value> {
  const { figures } = world.scenario;
  if (!figures.installations) return {};
  const { code, before, after } = figures.installations;
  if (!told(before) || !told(after)) return {};
  const installed = (days: Days) => {
    const [begin, end] = [startOf(days.first) / 1000, startOf(addDays(days.last, 1)) / 1000];
    let devices = 0;
    for (let home = 0; home < world.homes; home++) {
      const time = world.installedAt[home]!;
      if (time >= begin && time < end) devices += hasGas(world, home) ? 3 : 2;
    }
    return devices / daysOf(days).length;
  };
  const raised = (days: Days) => mean(complete(days), (meaning) => meaning.code === code);
  return {
    'installations.before': installed(before),
    'installations.after': installed(after),
    'installations.ratio': share(installed(after), installed(before)),
    'installations.alerts-before': raised(before),
    'installations.alerts-after': raised(after),
    'installations.alerts-ratio': share(raised(after), raised(before)),
  };
}

export function powerFactor({ world, meanings, told, complete, sum }: Drawn): Record<string, Value> {
  const { figures } = world.scenario;
  if (!figures['power-factor']) return {};
  const { codes, window } = figures['power-factor'];
  if (!told(window)) return {};
  const days = complete(window);
  const of = (keep: (meaning: Meaning) => boolean) =>
    sum(days, (meaning) => codes.includes(meaning.code) && keep(meaning));
  const total = of(() => true);
  const unstoppable = ({ suppression }: Meaning) => suppression === 'unstoppable';
  const waiting = ({ remedy }: Meaning) => remedy !== 'none';
  const values: Record<string, Value> = {
    'power-factor.alerts': total,
    'power-factor.unstoppable-alerts': of(unstoppable),
    'power-factor.unstoppable-share': share(of(unstoppable), total),
    'power-factor.waiting-alerts': of(waiting),
    'power-factor.waiting-share': share(of(waiting), total),
  };
  const part = (kind: string, among: (meaning: Meaning) => boolean, key: (meaning: Meaning) => string) => {
    const keys = meanings.filter((one) => codes.includes(one.code) && among(one)).map(key);
    for (const name of new Set(keys)) {
      const alerts = of((meaning) => among(meaning) && key(meaning) === name);
      if (alerts === 0) continue;
      values[`power-factor.${kind}.${name}.alerts`] = alerts;
      values[`power-factor.${kind}.${name}.share`] = share(alerts, total);
    }
  };
  part('reason', unstoppable, ({ reason }) => reason);
  part('party', unstoppable, ({ responsibleParty }) => responsibleParty || 'none');
  part('remedy', waiting, ({ remedy, remedyReason }) => remedy + (remedyReason && `-${remedyReason}`));
  return values;
}

export function highestDays({ world, from, to, complete, sum }: Drawn): Record<string, Value> {
  const { figures } = world.scenario;
  const totals = complete({ first: from, last: to }).map((day) => [day, sum([day], () => true)] as const);
  const highest = [...totals].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
  return Object.fromEntries(
    highest.slice(0, figures['highest-days']).flatMap(([day, alerts], i) => [
      [`highest-days.${i + 1}.day`, day],
      [`highest-days.${i + 1}.alerts`, alerts],
    ]),
  );
}

export function stoppableNow({ world, from, to, complete, mean }: Drawn): Record<string, Value> {
  const { figures } = world.scenario;
  const days = complete({ first: from, last: to }).slice(-figures['stoppable-now']);
  const alerts = mean(days, () => true);
  const stoppable = mean(
    days,
    ({ suppression, remedy }) =>
      suppression === 'suppressible' ||
      (remedy === 'released' && suppression !== 'protected' && suppression !== 'unknown'),
  );
  return {
    'stoppable-now.alerts': alerts,
    'stoppable-now.stoppable': stoppable,
    'stoppable-now.share': share(stoppable, alerts),
  };
}

const share = (part: number, of: number): Value => (of === 0 ? null : part / of);
