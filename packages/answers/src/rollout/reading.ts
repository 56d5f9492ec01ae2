import { amount, counted } from '../numbers.ts';
import { doubtOf } from './benefit.ts';
import type { Effect, Judged } from './told.ts';

export interface ToRead extends Judged {
  /** As a person names it, such as `firmware 1.11.2`. */
  what: string;
  /** Said where no device has it yet. */
  nobody: string;
  /** Who can go on with it: `csp`, `supplier`, or whoever is responsible. */
  actingParty: string;
  state: string;
  /** The codes that it is meant to end. */
  codes: readonly string[];
  /** Of the devices without it those on which it failed: they can't have it as things stand. */
  blocked: number;
}

const ACTING: Readonly<Record<string, string>> = { csp: 'The CSP', supplier: "The devices' suppliers" };

/** What is under this is taken for more than chance. */
const SURE = 0.05;

/**
 * Hubs of a side under which a reader is told that the interval may be too narrow: in simulations of very uneven devices, a few
 * of which raise most, it held the truth in 85 to 93 of 100 worlds instead of 95.
 */
const FEW = 100;

/** In plain language: who should do what, or why nothing can be said. */
export function read({
  what,
  nobody,
  actingParty,
  state,
  codes,
  blocked,
  adoption,
  effects,
  others: rest,
  silent,
}: ToRead): string {
  const last = adoption.at(-1);
  if (last === undefined) return `${nobody}: nothing can be said.`;
  const who = ACTING[actingParty] ?? 'Whoever is responsible for the devices';
  const own = effects.filter((one) => codes.includes(one.code) && one.scope === 'device');
  const others = effects.filter((one) => !codes.includes(one.code) && (one.pAdjusted ?? 1) < SURE);
  const sentences = own.flatMap((one) => ofCode(one, what, doubtOf(one, rest)));
  const worse = others.filter((one) => one.estimate! > 0);
  if (silent.devices > 0)
    sentences.push(
      `${counted(silent.devices, 'HAN')} fell silent after it, which chance alone would hardly do: look there first.`,
    );
  if (worse.length > 0)
    sentences.push(`Since then there is more of ${worse.map(among).join(', ')}: look why before it goes on.`);
  const better = others.filter((one) => one.estimate! < 0);
  if (better.length > 0) sentences.push(`There is less of ${better.map(among).join(', ')} too.`);
  const good = own.filter((one) => ends(one) && doubtOf(one, rest) === null);
  const left = last.devices - last.activated;
  if (good.length > 0 && worse.length === 0 && silent.devices === 0) {
    const each = good.reduce((sum, one) => sum - one.estimate!, 0);
    const held = state === 'on-hold' || state === 'withdrawn' ? `; it is ${state}` : '';
    const free = Math.max(0, left - blocked);
    const kept = Math.min(left, blocked);
    if (free > 0)
      sentences.push(
        `${who} can go on with the other ${counted(free, 'device')}, for about ${amount(each * free)} alerts a day less, should they be like the first${held}.`,
      );
    if (kept > 0)
      sentences.push(
        `On ${counted(kept, 'device')} it failed: about ${amount(each * kept)} alerts a day less once they can take it.`,
      );
  }
  return sentences.join(' ');
}

const ends = (one: Effect) => one.refused === null && one.high! < 0;

function ofCode(one: Effect, what: string, doubt: string | null): string[] {
  if (one.refused !== null) return [`Nothing can be said of ${one.code}: ${one.refused}.`];
  const { value, low, high } = one.avoidedPerDay!;
  const told =
    doubt !== null
      ? `${one.code} falls with ${what}, but that is not to be called a benefit: ${doubt}.`
      : one.high! < 0
        ? `With ${what} there are ${amount(value)} alerts ${one.code} a day less (95%: ${amount(low)} to ${amount(high)}).`
        : one.low! > 0
          ? `With ${what} there are ${amount(-value)} alerts ${one.code} a day more (95%: ${amount(-high)} to ${amount(-low)}): it should not go on for their sake.`
          : `No effect on ${one.code} can be told: between ${amount(-high)} and ${amount(-low)} alerts a day more.`;
  const { placebo, warning, hubs, controlHubs } = one;
  const apart = placebo !== null && (placebo.low > 0 || placebo.high < 0);
  return [
    told,
    ...(apart
      ? ['Its devices and the controls went different ways before it already, so this is to be doubted.']
      : []),
    ...(Math.min(hubs, controlHubs) < FEW
      ? ['Of so few devices the interval is too narrow where a handful raise most of the alerts.']
      : []),
    ...(warning === null || doubt !== null ? [] : [`${warning[0]!.toUpperCase()}${warning.slice(1)}.`]),
  ];
}

const among = ({ code, scope }: Effect) => (scope === 'device' ? code : `${code} on their HANs`);
