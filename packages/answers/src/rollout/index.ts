import type { Store } from '@tocsin/clickhouse';
import { z } from 'zod';
import { PERIOD, utc } from '../period.ts';
import { question, type Scope } from '../question.ts';
import { type Registered, registered } from './registered.ts';
import { showRollout } from './show.ts';
import { TOLD, type Told } from './told.ts';

/**
 * What a firmware rollout did to alerts: whom it has reached, what it ended and brought, against devices of the same
 * model that it had not reached.
 */
export const rollout = question({
  name: 'rollout',
  summary: 'whom a firmware rollout has reached, which alerts it ended or brought, and how sure that is',
  of: 'devices',
  example: '--rollout wnc-2020 --to 2020-07-31',
  asked: z.strictObject({
    rollout: z.string().min(1).describe('id of a rollout in the registry'),
    from: PERIOD.from.optional().describe('since when activations count'),
    to: PERIOD.to.optional().describe('what comes later is not looked at; default: now'),
  }),
  told: TOLD,
  async answer(store, { rollout, to = Date.now() }, scope) {
    const one = await registered(store, rollout, to);
    return one === null ? unregistered(rollout) : tell(store, one, to, scope);
  },
  show: showRollout,
});

async function tell(store: Store, one: Registered, to: number, scope: Scope): Promise<Told> {
  const { codes: _, actingParty: __, ...facts } = one;
  const adoption = await store.rows<Told['adoption'][number]>(
    `SELECT day, activated, devices
     FROM rollout_adoption(manufacturer = {manufacturer:String}, model = {model:String}, version = {version:String},
       to = {to:String}, party = {party:String})`,
    { ...facts, to: utc(to), party: scope.party ?? '' },
  );
  return {
    ...facts,
    state: one.states.at(-1)?.state ?? '',
    adoption,
    silent: { devices: 0, probability: 0 },
    effects: [],
    by: [],
    reading: '',
  };
}

const unregistered = (rollout: string): Told => ({
  rollout,
  name: '',
  version: '',
  manufacturer: '',
  model: '',
  state: '',
  states: [],
  begins: null,
  ends: null,
  pauses: [],
  adoption: [],
  silent: { devices: 0, probability: 0 },
  effects: [],
  by: [],
  reading: 'The registry has no rollouts: nothing can be said of any.',
});
