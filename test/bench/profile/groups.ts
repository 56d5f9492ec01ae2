import type { Profiler } from 'node:inspector';

const NODE = 'Node itself: start, modules, sockets, system calls';

/** Where the processor's time goes; the first that matches names a function's group. */
const GROUPS: readonly (readonly [name: string, matches: (url: string, name: string) => boolean])[] = [
  ['idle', (_url, name) => name === '(idle)'],
  ['garbage collection', (_url, name) => name === '(garbage collector)'],
  ['Kafka client: fetch and decode', (url) => /\/kafkajs\/|\/packages\/kafka\//.test(url)],
  ['decompress', (url) => /snappy|lz4|zstd/.test(url)],
  ['decode alerts', (url) => url.includes('/packages/domain/')],
  ['find duplicates', (url) => url.endsWith('/steps/deduplicate.js')],
  ['write rows', (url) => /(format-row|slice-writer|alert-rows)\.js$|\/clickhouse\/dist\/native\//.test(url)],
  ['the rest of the pipeline', (url) => /\/services\/processor\/|\/packages\/delivery\//.test(url)],
  ['insert: ClickHouse client', (url) => /\/@clickhouse\/|\/packages\/clickhouse\//.test(url)],
];

/** Seconds of self time. */
export interface Share {
  readonly name: string;
  readonly seconds: number;
  /** The functions with the most of it. */
  readonly top: readonly { readonly name: string; readonly seconds: number }[];
}

type Node = Profiler.ProfileNode;

/** Self time by group. What Node's own functions take counts for whoever called them. */
export function groupProfile({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): Share[] {
  const micros = new Map<number, number>();
  for (const [i, id] of samples.entries()) micros.set(id, (micros.get(id) ?? 0) + (timeDeltas[i] ?? 0));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const groups = new Map<string, Map<string, number>>();
  const visit = (node: Node, callersGroup: string) => {
    const group = groupOf(node) ?? callersGroup;
    const functions = groups.get(group) ?? new Map<string, number>();
    groups.set(group, functions);
    const name = nameOf(node);
    functions.set(name, (functions.get(name) ?? 0) + (micros.get(node.id) ?? 0) / 1e6);
    for (const child of node.children ?? []) visit(byId.get(child)!, group);
  };
  visit(nodes[0]!, NODE);
  return [...groups].map(toShare).sort((a, b) => b.seconds - a.seconds);
}

function groupOf({ callFrame: { url, functionName } }: Node): string | undefined {
  return GROUPS.find(([, matches]) => matches(url, functionName))?.[0];
}

function nameOf({ callFrame: { url, functionName } }: Node): string {
  return `${functionName || '(anonymous)'} ${url.split('/').at(-1)}`.trim();
}

function toShare([name, functions]: [string, Map<string, number>]): Share {
  const top = [...functions].map(([name, seconds]) => ({ name, seconds }));
  return {
    name,
    seconds: top.reduce((sum, { seconds }) => sum + seconds, 0),
    top: top
      .filter(({ seconds }) => seconds >= 0.01)
      .sort((a, b) => b.seconds - a.seconds)
      .slice(0, 5),
  };
}
