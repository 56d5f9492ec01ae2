/**
 * A query as Grafana's ClickHouse data source would send it, after its sources (github.com/grafana/clickhouse-datasource,
 * 4.x): variables and `$__conditionalAll` in the browser (`src/data/CHDatasource.ts`), all other macros in the backend
 * (`pkg/macros/macros.go`).
 */
export interface View {
  /** Seconds since the epoch. */
  readonly from: number;
  readonly to: number;
  /** The width of a step of a chart, in seconds. */
  readonly interval: number;
  /** What is chosen, by variable; one that isn't told of is at All, or at its only value if it has no All. */
  readonly variables: Readonly<Record<string, readonly string[]>>;
}

/** The arguments of a call whose opening bracket is at `begin`, and where it ends. */
function argumentsAt(sql: string, begin: number): { args: string[]; end: number } {
  const args: string[] = [];
  let depth = 0;
  let last = begin + 1;
  for (let i = begin; i < sql.length; i++) {
    if (sql[i] === '(') depth++;
    if (sql[i] === ')') depth--;
    if ((sql[i] === ',' && depth === 1) || depth === 0) {
      args.push(sql.slice(last, i));
      last = i + 1;
    }
    if (depth === 0) return { args, end: i + 1 };
  }
  throw new Error(`a bracket is not closed: ${sql.slice(begin)}`);
}

/** `applyConditionalAll`: the condition, or 1=1 where the variable that is named after it is at All. From the end on, as there. */
function applyConditionalAll(sql: string, { variables }: View): string {
  const macro = '$__conditionalAll(';
  for (let at = sql.lastIndexOf(macro); at !== -1; at = sql.lastIndexOf(macro)) {
    const { args, end } = argumentsAt(sql, at + macro.length - 1);
    if (args.length !== 2) throw new Error(`$__conditionalAll takes two arguments, not ${args.length}`);
    const name = /^\$\{?(\w+)\}?$/.exec(args[1]!.trim())?.[1];
    if (!name) throw new Error(`${args[1]} is no variable alone`);
    const condition = variables[name] ? args[0] : '1=1';
    sql = `${sql.slice(0, at)}${condition}${sql.slice(end)}`;
  }
  return sql;
}

/** The template service's format `singlequote`: each value in quotes, quotes within escaped. */
const quoted = (values: readonly string[]) =>
  values.map((value) => `'${value.replaceAll("'", "\\'")}'`).join(',');

function applyVariables(sql: string, { variables }: View): string {
  return sql.replaceAll(/\$\{(\w+):singlequote\}/g, (_, name) => {
    if (!variables[name]) throw new Error(`nothing is chosen for ${name}`);
    return quoted(variables[name]);
  });
}

const MACROS: Readonly<Record<string, (view: View, column: string) => string>> = {
  fromTime: ({ from }) => `toDateTime(${from})`,
  toTime: ({ to }) => `toDateTime(${to})`,
  fromTime_ms: ({ from }) => `fromUnixTimestamp64Milli(${from * 1000})`,
  toTime_ms: ({ to }) => `fromUnixTimestamp64Milli(${to * 1000})`,
  timeFilter: ({ from, to }, column) => `${column} >= toDateTime(${from}) AND ${column} <= toDateTime(${to})`,
  timeFilter_ms: ({ from, to }, column) =>
    `${column} >= fromUnixTimestamp64Milli(${from * 1000}) AND ${column} <= fromUnixTimestamp64Milli(${to * 1000})`,
  timeInterval: ({ interval }, column) =>
    `toStartOfInterval(toDateTime(${column}), INTERVAL ${Math.max(1, Math.floor(interval))} second)`,
  interval_s: ({ interval }) => String(Math.max(1, Math.floor(interval))),
};
const TAKES_A_COLUMN = new Set(['timeFilter', 'timeFilter_ms', 'timeInterval']);

function applyMacros(sql: string, view: View): string {
  return sql.replaceAll(/\$__(\w+)(?:\((\w+(?:\.\w+)?)\))?/g, (whole, name: string, column?: string) => {
    const macro = MACROS[name];
    if (!macro) throw new Error(`there is no macro ${whole}`);
    if (TAKES_A_COLUMN.has(name) !== (column !== undefined))
      throw new Error(`${whole} is not how it is called`);
    return macro(view, column ?? '');
  });
}

/** @throws Error naming what Grafana would have left in the query as it stands */
export function asSent(sql: string, view: View): string {
  const sent = applyMacros(applyVariables(applyConditionalAll(sql, view), view), view);
  if (sent.includes('$')) throw new Error(`something of Grafana is left in ${sent}`);
  return sent;
}
