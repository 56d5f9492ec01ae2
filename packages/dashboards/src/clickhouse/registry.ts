const NEWEST = 'version = (SELECT argMax(version, at) FROM registry_versions)';

/** The registries' tables, as they stand in the newest version. */
export const registered = (table: 'codes' | 'parties' | 'rollouts' | 'migration_pauses', columns: string) =>
  `(SELECT ${columns} FROM ${table} WHERE ${NEWEST})`;

/** Looked up row by row of what is shown, which are few: a join would come before the counting, which has millions. */
const lookUp = (keys: string, values: string, from: string, key: string) =>
  `(SELECT mapFromArrays(groupArray(toString(${keys})), groupArray(${values})) FROM ${from})[toString(${key})]`;

/** A code in plain words where the registry has some, as names of the catalogue mislead; else its name. */
export const meaningOf = (code: string) =>
  lookUp('alert_code', "if(plain = '', name, plain)", registered('codes', 'alert_code, name, plain'), code);

/** A party's name, its id where the registry does not know it, or `no party`. Parties have a row for each of their roles. */
export const nameOf = (party: string) =>
  `coalesce(nullIf(${lookUp('party', 'name', registered('parties', 'DISTINCT party, name'), party)}, ''), nullIf(toString(${party}), ''), 'no party')`;
