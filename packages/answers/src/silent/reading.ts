import { counted, percent } from '../numbers.ts';
import type { Told } from './told.ts';

/** A share of deaf devices above which nobody would go on: as long as so many may be, nothing speaks for it. */
const TOO_MANY = 0.05;

/** In plain language: who can act, by which lever, or what can't be told. */
export function read({
  devices,
  rollout,
  version,
  state,
  reason,
  actingParty,
  rate,
}: Omit<Told, 'reading'>): string {
  const { of, high } = rate.activated;
  const who = actingParty === 'csp' ? 'the CSP of each region' : `the ${actingParty}`;
  const held = state === 'on-hold' || state === 'withdrawn';
  const stands = state.replaceAll('-', ' ');
  const stays = held ? ` It stays ${stands}${reason && ` for ${reason}`}.` : '';
  if (devices.length > 0) {
    const hold = held ? `keep ${version} ${stands}` : `put ${version} on hold`;
    return `${who[0]!.toUpperCase()}${who.slice(1)} can ${hold} and bring back ${counted(devices.length, 'device')}, by a visit or another hub, where nothing reaches them.`;
  }
  if (high === null || high > TOO_MANY)
    return (
      `No silent device is known, but whether ${rollout} makes devices deaf can't be told by ` +
      `${high === null ? 'these' : `${counted(of, 'device')}, of which up to ${percent(high)} may be`}.${stays}`
    );
  return held
    ? `No silent device is known.${stays}`
    : `No silent device is known: on this account nothing speaks against going on with ${rollout}.`;
}
