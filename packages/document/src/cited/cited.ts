import { jqOf, type Path } from './path.ts';

/** What a value is counted in. */
export type Unit =
  | 'alerts'
  | 'alerts a day'
  | 'alerts a second'
  | 'requests an hour'
  | 'devices'
  | 'devices a day'
  | 'HANs'
  | 'hours'
  | 'downloads'
  | 'share'
  | 'change of share'
  | 'days'
  | 'moment'
  | 'day'
  | 'words';

/** A question as it was asked, all in text, and where in its answer the value stands. */
export interface Query {
  readonly question: string;
  readonly asked: Readonly<Record<string, string>>;
  readonly path: Path;
}

/** A value with the query that gives it: the only way in which one gets into a document. */
export interface Cited {
  readonly value: string | number | null;
  readonly unit: Unit;
  readonly query: Query;
}

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const word = (text: string) => (/^[\w.,:=+/-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

/** The command that asks the question, its answer in JSON. */
export function commandOf({ question, asked }: Omit<Query, 'path'>): string {
  const options = Object.entries(asked).map(([name, value]) => `--${kebab(name)} ${word(value)}`);
  return ['tocsin report', question, ...options, '--json'].join(' ');
}

/** The command that gives the value alone. */
export const citationOf = (query: Query): string =>
  `${commandOf(query)} | jq '${jqOf(query.path).replaceAll("'", `'\\''`)}'`;
