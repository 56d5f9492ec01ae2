import type { Profiler } from 'node:inspector';

/** Where the processor's time goes; the first that matches names a function's group. */
const GROUPS: readonly (readonly [name: string, matches: (url: string, name: string) => boolean])[] = [
  ['idle', (_url, name) => name === '(idle)'],
  ['garbage collection', (_url, name) => name === '(garbage collector)'],
  ['Kafka client: fetch and decode', (url) => /\/kafkajs\/|\/packages\/kafka\//.test(url)],
  ['decompress', (url) => /snappy|lz4|zstd/.test(url)],
  ['decode alerts', (url) => url.includes('/packages/domain/')],
  ['find duplicates', (url) => url.endsWith('/steps/deduplicate.js')],
  ['write rows', (url) => /\/(format-row|slice-writer)\.js$/.test(url)],
  ['checksum', (_url, name) => name === 'crc32'],
  ['the rest of the pipeline', (url) => /\/services\/processor\/|\/packages\/delivery\//.test(url)],
  ['insert: HTTP, sockets, streams', (url, name) => isTransport(url, name)],
  ['Node itself: start, modules, compiling, system calls', () => true],
];

function isTransport(url: string, name: string): boolean {
  if (/\/@clickhouse\/|\/packages\/clickhouse\//.test(url)) return true;
  return (
    /^node:(_?http|net|internal\/(streams|stream_base|http)|stream|buffer)/.test(url) || /^write/.test(name)
  );
}

/** Seconds of self time. */
export interface Share {
  readonly name: string;
  readonly seconds: number;
  /** The functions with the most of it. */
  readonly top: readonly { readonly name: string; readonly seconds: number }[];
}

export function groupProfile({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): Share[] {
  const micros = new Map<number, number>();
  for (const [i, id] of samples.entries()) micros.set(id, (micros.get(id) ?? 0) + (timeDeltas[i] ?? 0));
  const groups = new Map<string, Map<string, number>>(GROUPS.map(([name]) => [name, new Map()]));
  for (const { id, callFrame } of nodes) {
    const { url, functionName } = callFrame;
    const [group] = GROUPS.find(([, matches]) => matches(url, functionName))!;
    const functions = groups.get(group)!;
    const name = `${functionName || '(anonymous)'} ${url.split('/').at(-1)}`.trim();
    functions.set(name, (functions.get(name) ?? 0) + (micros.get(id) ?? 0) / 1e6);
  }
  return [...groups]
    .map(([name, functions]) => ({
      name,
      seconds: [...functions.values()].reduce((sum, seconds) => sum + seconds, 0),
      top: [...functions]
        .map(([name, seconds]) => ({ name, seconds }))
        .filter(({ seconds }) => seconds >= 0.01)
        .sort((a, b) => b.seconds - a.seconds)
        .slice(0, 5),
    }))
    .filter(({ seconds }) => seconds > 0)
    .sort((a, b) => b.seconds - a.seconds);
}
