import { CATALOGUE } from '@tocsin/domain';
import type { RegistryFiles } from './load.ts';

const moment = (ms: number): string => new Date(ms).toISOString().replace('T', ' ').slice(0, -1);
/** Null for what has always been, or goes on. */
const bound = (ms: number | undefined): string | null =>
  ms === undefined || !Number.isFinite(ms) ? null : moment(ms);

/** The registries as rows of the tables of the same names; of migrations their pauses. */
export function rowsOf({ parties, levers, rollouts, components, codes, migrations }: RegistryFiles) {
  const facts = new Map(codes.map((one) => [one.code, one]));
  return {
    parties: parties.flatMap(({ id, name, roles }) =>
      roles.map(({ role, kind, regions, eui64s, valid, 'dcc-user': dccUser }) => ({
        party: id,
        name,
        role,
        kind: kind ?? '',
        regions,
        eui64s,
        valid_from: bound(valid.from),
        valid_to: bound(valid.to),
        dcc_user: dccUser.map(({ from, to }) => ({ valid_from: bound(from), valid_to: bound(to) })),
      })),
    ),
    levers: levers.flatMap((lever) =>
      lever.states.map(({ from, state, reason }) => ({
        lever: lever.id,
        kind: lever.kind,
        name: lever.name,
        codes: lever.kind === 'firmware' ? lever.codes : [],
        device_kinds: lever.kind === 'firmware' ? [] : lever['device-kinds'],
        roles: lever.kind === 'firmware' ? [] : lever.roles,
        manufacturer: lever.kind === 'firmware' ? lever.manufacturer : '',
        model: lever.kind === 'firmware' ? lever.model : '',
        firmware: lever.kind === 'firmware' ? lever.version : '',
        regions: lever.kind === 'firmware' ? lever.regions : [],
        acting_party: lever.kind === 'firmware' ? lever['acting-party'] : '',
        holds_from: moment(from),
        state,
        reason,
      })),
    ),
    rollouts: rollouts.map(({ id, name, lever, begins, ends, pauses, source }) => ({
      rollout: id,
      name,
      lever,
      begins: moment(begins),
      ends: bound(ends),
      pauses: pauses.map(({ from, to, reason }) => ({ begins: moment(from), ends: bound(to), reason })),
      source,
    })),
    components: components.flatMap(({ id, name, regions, unit, capacities, source }) =>
      capacities.map(({ from, capacity }) => ({
        component: id,
        name,
        regions,
        unit,
        holds_from: moment(from),
        capacity,
        source,
      })),
    ),
    migration_pauses: migrations.flatMap(({ id, name, pauses, source }) =>
      pauses.map(({ from, to, reason }) => ({
        programme: id,
        name,
        begins: moment(from),
        ends: bound(to),
        reason,
        source,
      })),
    ),
    codes: [...new Set([...CATALOGUE.keys(), ...facts.keys()])].map((code) => {
      const [known, told] = [CATALOGUE.get(code), facts.get(code)];
      return {
        alert_code: code,
        name: known?.name ?? '',
        plain: told?.plain ?? '',
        safety: known?.safety === true || told?.safety === true,
        criticality: known?.criticality ?? 'n/a',
        always_on: known?.alwaysOn ?? 'n/a',
        remote_party: known?.remoteParties[0] ?? '',
        mistaken_for: told?.['mistaken-for'] ?? '',
        smets1: told?.smets1 ?? '',
        source: told?.source ?? known?.source ?? '',
      };
    }),
  };
}
