import type { Told } from './told.ts';

/** Alerts a minute at which a component is full: where it is fewer, as many come together by chance. */
const FEW = 30;

/** Why figures of so small a network are not to be acted on; null: they may be. */
export function cautionOf(components: Told['components']): string | null {
  const full = components.filter(({ unit }) => unit === 'alerts/s').map(({ capacity }) => 60 * capacity);
  return full.every((minute) => minute >= FEW)
    ? null
    : 'The smallest component carries so few alerts a minute that as many come together by chance: of a network as small as this its peaks say little.';
}
