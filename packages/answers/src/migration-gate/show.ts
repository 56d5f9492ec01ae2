import { london } from '../period.ts';
import type { Told } from './told.ts';

type Stretch = Told['stretches'][number];

/** For a person at a terminal; ends in who should do what, by the last stretch. */
export function show({ stretches }: Told): string {
  const last = stretches.at(-1);
  if (!last) return 'No alerts in this period, or the registry gives no capacity.\n';
  const lines = stretches.map(
    ({ from, to, state, reason }) => `${london(from)} to ${london(to)}  ${state.padEnd(7)}  ${reason}`,
  );
  return [...lines, actionOf(last), ''].join('\n');
}

/** Who can act, by which lever; `migration_gate` has the bounds. */
function actionOf({ state, to, tightest }: Stretch): string {
  const asOf = `As of ${london(to)}:`;
  if (state === 'go')
    return `${asOf} the DCC can migrate; more than a quarter of every capacity is left, and nobody else need act.`;
  const others =
    `Whoever runs ${tightest} can raise what it takes (tocsin report capacity --raise), the parties whose alerts load it ` +
    'can stop some of them (tocsin report stoppable).';
  return state === 'caution'
    ? `${asOf} the DCC should migrate no more than it does until a quarter of ${tightest} is left in its highest minute. ${others}`
    : `${asOf} the DCC should pause migrations until a tenth of ${tightest} is left in its highest minute. ${others}`;
}
