import { type DeviceAttributes, UNKNOWN_DEVICE } from '../device.ts';
import type { Eui64 } from '../eui64.ts';
import type { CodeFacts } from './code-facts.ts';
import type { FirmwareLever, Lever } from './lever.ts';
import type { Party } from './party.ts';
import { indexParties } from './party-index.ts';
import { type Cure, findRemedy } from './remedy.ts';
import { findResponsible } from './responsible-party.ts';
import { judgeSuppression, type Verdict } from './suppression.ts';

/** Ids of parties are empty where there is none. */
export interface Judgement extends Verdict, Cure {
  readonly responsibleParty: string;
}

export interface Rules {
  /** ms, ascending: instants at which any rule changes. Between two, judgements of the same input are the same. */
  readonly changes: readonly number[];
  /**
   * What an alert means. Pure; keep the answers, which cost more than a look-up.
   * @param device null for one that isn't known
   * @param target zero where the alert names none
   * @param at the time of attribution, ms
   */
  judge(code: string, device: DeviceAttributes | null, target: Eui64, at: number): Judgement;
}

export interface RuleFacts {
  /** Codes of the catalogue. */
  readonly codes: ReadonlyMap<string, CodeFacts>;
  readonly parties: readonly Party[];
  readonly levers: readonly Lever[];
}

const NO_LEVERS: readonly FirmwareLever[] = [];

export function createRules({ codes, parties: all, levers }: RuleFacts): Rules {
  const parties = indexParties(all);
  const requests = levers.filter((lever) => lever.kind === 'service-request');
  const firmware = new Map<string, FirmwareLever[]>();
  for (const lever of levers) {
    if (lever.kind !== 'firmware') continue;
    for (const code of lever.codes) firmware.set(code, [...(firmware.get(code) ?? []), lever]);
  }

  return {
    changes: changesOf(all, levers),
    judge(code, known, target, at) {
      const device = known ?? UNKNOWN_DEVICE;
      const facts = codes.get(code);
      const responsible = findResponsible(parties, facts, device, target, at);
      const verdict = judgeSuppression({ code, facts, device, responsible, requests, parties, at });
      const cure = findRemedy(firmware.get(code) ?? NO_LEVERS, device, parties, at);
      return { responsibleParty: responsible.party, ...verdict, ...cure };
    },
  };
}

function changesOf(parties: readonly Party[], levers: readonly Lever[]): number[] {
  const spans = parties.flatMap(({ roles }) => roles.flatMap(({ valid, dccUser }) => [valid, ...dccUser]));
  const instants = [
    ...spans.flatMap(({ from, to }) => [from, to]),
    ...levers.flatMap(({ states }) => states.map(({ from }) => from)),
  ];
  return [...new Set(instants)].filter(Number.isFinite).sort((a, b) => a - b);
}
