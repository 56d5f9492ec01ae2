import { createHash } from 'node:crypto';
import { createWriteStream, readFileSync } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Manifest } from '@tocsin/answers';
import { asyncBufferFromFile, parquetMetadataAsync } from 'hyparquet';

const SAMPLE_MS = 50;

export interface Door {
  readonly url: string;
  readonly token: string;
  readonly pid: number;
}

/** An export that was read to its end. */
export interface Taken {
  readonly seconds: number;
  readonly rows: number;
  readonly bytes: number;
  /** Whether rows, bytes and checksum are those of the manifest, as counted on this side. */
  readonly right: boolean;
  /** By how much the API's resident memory at its highest was above what it was at the first tenth of the bytes. */
  readonly growthBytes: number;
}

/** Reads an export into a file, as fast as it comes, with an eye on the API's memory. */
export async function take(
  { url, token, pid }: Door,
  path: string,
  accept: string,
  file: string,
): Promise<Taken> {
  const headers = { authorization: `Bearer ${token}`, accept };
  const begun = performance.now();
  const response = await fetch(url + path, { headers });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  const hash = createHash('sha256');
  let bytes = 0;
  let lines = 0;
  const samples: { readonly bytes: number; readonly resident: number }[] = [];
  const sample = () => samples.push({ bytes, resident: residentOf(pid) });
  const sampling = setInterval(sample, SAMPLE_MS);
  const counted = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      bytes += chunk.length;
      if (accept === 'text/csv')
        for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines += 1;
      done(null, chunk);
    },
  });
  try {
    await pipeline(response.body!, counted, createWriteStream(file));
    sample();
  } finally {
    clearInterval(sampling);
  }
  const seconds = (performance.now() - begun) / 1000;
  const rows =
    accept === 'text/csv'
      ? lines - 1
      : Number((await parquetMetadataAsync(await asyncBufferFromFile(file))).num_rows);
  const [, address] = /<([^>]+)>; rel="describedby"/.exec(response.headers.get('link') ?? '') ?? [];
  const manifest = (await (await fetch(url + address, { headers })).json()) as Manifest;
  const right = manifest.rows === rows && manifest.bytes === bytes && manifest.sha256 === hash.digest('hex');
  const later = samples.filter((one) => one.bytes >= bytes / 10);
  const growthBytes = Math.max(...later.map(({ resident }) => resident)) - later[0]!.resident;
  return { seconds, rows, bytes, right, growthBytes };
}

function residentOf(pid: number): number {
  const [, kib] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kib) * 1024;
}

/** Begins an export, reads of it what comes first, and goes away. @returns seconds from then on until `gone` says so */
export async function leave(
  { url, token }: Door,
  path: string,
  gone: () => Promise<boolean>,
): Promise<number> {
  const leaving = new AbortController();
  const headers = { authorization: `Bearer ${token}`, accept: 'text/csv' };
  const response = await fetch(url + path, { headers, signal: leaving.signal });
  await response.body!.getReader().read();
  if (await gone()) throw new Error('the query is over before anybody has left');
  const left = performance.now();
  leaving.abort();
  while (!(await gone()));
  return (performance.now() - left) / 1000;
}
