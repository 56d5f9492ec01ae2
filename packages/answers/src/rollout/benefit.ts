import type { Effect } from './told.ts';

/** Of an effect, the share of what was raised before that it ends, with the bounds of its 95% interval. */
interface Fall {
  value: number;
  low: number;
  high: number;
}

/** Null where nothing can be told, or nothing was raised before that could fall. */
function fallOf({ estimate, low, high, before }: Effect): Fall | null {
  if (estimate === null || !before) return null;
  return { value: -estimate / before, low: -high! / before, high: -low! / before };
}

/**
 * Why a fall of one code is not called a benefit although it is sure; null where nothing speaks against it, or it is no
 * fall. A device that falls silent takes all of its codes with it, in the same share, whether or not its silence can be
 * told: so a firmware's own code has to fall by a larger share than everything else that its devices raise, the whole of
 * the one interval beyond the other. Whoever raises nothing else can't be seen to have fallen silent.
 * @param others all other codes together, on the devices and on their HANs: that which is told the surer is looked at
 */
export function doubtOf(effect: Effect, others: readonly Effect[]): string | null {
  const own = fallOf(effect);
  if (own === null || own.low <= 0) return null;
  if (effect.withoutSilent !== null && effect.withoutSilent.high >= 0)
    return 'without the devices that fell silent no fall can be told';
  const told = others
    .flatMap((one) => fallOf(one) ?? [])
    .sort((a, b) => a.high - a.low - (b.high - b.low))[0];
  if (told === undefined)
    return 'nothing else is known of these devices, so that it can’t be told from their falling silent';
  if (own.low > told.high) return null;
  return (
    `it falls by ${share(own)} and everything else there by ${share(told)}: ` +
    'devices that fall silent would look the same'
  );
}

const share = ({ value, low, high }: Fall) => `${percent(value)} (95%: ${percent(low)} to ${percent(high)})`;
const percent = (value: number) => `${(100 * value).toFixed(0)}%`;
