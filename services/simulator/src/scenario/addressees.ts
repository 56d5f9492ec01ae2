import type { Eui64 } from '@tocsin/domain';
import type { Scenario } from './schema.ts';
import type { Stream } from './streams.ts';
import { FAULT, NONE, supplierOf, type World } from './world.ts';

const NOBODY: Readonly<Eui64> = { hi: 0, lo: 0 };

/** Whom an alert is addressed to, and what that means for stopping it. Filled anew by each call. */
export interface Addressee {
  /** Index in `ids`. */
  party: number;
  eui64: Readonly<Eui64>;
  /** Why the party can't switch the alert off, empty where it can. */
  obstacle: '' | 'no-party' | 'credential-mismatch' | 'not-a-dcc-user' | 'role-not-eligible';
}

export interface Addressees {
  /** Ids of all parties, the last one empty: nobody. */
  readonly ids: readonly string[];
  /** @param at epoch seconds */
  of(stream: Stream, home: number, at: number): Addressee;
  csp(region: number): number;
  importSupplier(supplier: number, into: Addressee): void;
}

export function createAddressees(world: World): Addressees {
  const { parties, regions }: Scenario = world.scenario;
  const { suppliers, operators, transporters, csps } = parties;
  const ids = [...suppliers, ...operators, ...transporters, ...csps].map(({ id }) => id).concat('');
  const base = { operator: suppliers.length, transporter: suppliers.length + operators.length };
  const nobody = ids.length - 1;
  const cspOf = Object.keys(regions).map((name) => csps.findIndex(({ region }) => region === name));
  const csp = (region: number) => base.transporter + transporters.length + cspOf[region]!;
  const found: Addressee = { party: 0, eui64: NOBODY, obstacle: '' };

  const set = (party: number, eui64: Readonly<Eui64>, obstacle: Addressee['obstacle']) => {
    found.party = party;
    found.eui64 = eui64;
    found.obstacle = obstacle;
  };

  function operator(home: number, isMeter: boolean): void {
    const fault = isMeter ? world.operatorFault[home]! : FAULT.none;
    if (fault === FAULT.missing) {
      set(nobody, NOBODY, 'no-party');
      return;
    }
    const index = fault === FAULT.another ? world.otherOperator[home]! : world.operator[home]!;
    const { eui64, user } = operators[index]!;
    set(
      base.operator + index,
      eui64,
      fault === FAULT.another ? 'credential-mismatch' : user ? '' : 'not-a-dcc-user',
    );
  }

  return {
    ids,
    csp,
    importSupplier(supplier, into) {
      into.party = supplier;
      into.eui64 = suppliers[supplier]!.import;
      into.obstacle = '';
    },
    of({ process }, home, at) {
      if (process.to === 'csp') {
        const region = world.region[home]!;
        set(csp(region), csps[cspOf[region]!]!.eui64, '');
      } else if (process.to === 'operator') operator(home, process.from === 'ESME');
      else if (process.to === 'transporter') {
        const index = world.transporter[home]!;
        set(base.transporter + index, transporters[index]!.eui64, 'role-not-eligible');
      } else if (process.from === 'GSME' || process.from === 'GPF') {
        if (world.gasModel[home] === NONE) set(nobody, NOBODY, 'no-party');
        else {
          const index = world.gasSupplier[home]!;
          set(index, suppliers[index]!.gas, suppliers[index]!['gas-user'] ? '' : 'not-a-dcc-user');
        }
      } else {
        const index = supplierOf(world, home, at);
        set(index, suppliers[index]!.import, '');
      }
      return found;
    },
  };
}
