import { createWriteStream, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { DatabaseError } from './errors.ts';

const DECODERS = {
  gzip: createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};
/** Node has no decoder for these; the names are the engine's too. */
const ENGINE_DECODES = new Set(['zstd', 'lz4', 'snappy', 'xz', 'bz2']);
/** More than this goes to a file instead of memory. */
const IN_MEMORY = 256 << 20;
const SMALL = 1 << 20;

/** What came with a request. */
export interface Body {
  /** The beginning of a large body, all of a smaller one. */
  bytes: Buffer;
  /** What follows `bytes`, if anything does. */
  rest: Readable | null;
}

/** Has the engine decompress a file's content. */
export type Decompress = (path: string, method: string) => Promise<Buffer>;

/**
 * Reads a body, decompressed as its Content-Encoding says. It stays bytes: nothing is decoded to text.
 * @param newFile where to put what the engine is to decompress
 * @throws DatabaseError for an encoding that isn't known and for damaged data
 */
export async function readBody(
  request: IncomingMessage,
  decompress: Decompress,
  newFile: () => string,
): Promise<Body> {
  const encoding = request.headers['content-encoding'] || 'identity';
  if (encoding === 'identity') return gather(request, Number(request.headers['content-length']));
  if (ENGINE_DECODES.has(encoding)) {
    const path = newFile();
    try {
      await spool({ bytes: Buffer.alloc(0), rest: request }, path);
      return { bytes: await decompress(path, encoding), rest: null };
    } finally {
      await rm(path, { force: true });
    }
  }
  const decoder = DECODERS[encoding as keyof typeof DECODERS];
  if (!decoder)
    throw new DatabaseError(89, 'UNKNOWN_COMPRESSION_METHOD', `Unknown HTTP content encoding: ${encoding}`);
  try {
    return await gather(
      pipeline(request, decoder(), () => {}),
      Number.NaN,
    );
  } catch (error) {
    const reason = (error as Error).message;
    throw new DatabaseError(354, 'ZLIB_INFLATE_FAILED', `Cannot decompress the ${encoding} body: ${reason}`);
  }
}

/** A known length is filled in place, so that a large body is copied once. */
async function gather(stream: Readable, length: number): Promise<Body> {
  const whole = length <= IN_MEMORY ? Buffer.allocUnsafe(length) : null;
  const chunks: Buffer[] = [];
  let at = 0;
  for await (const chunk of stream.iterator({
    destroyOnReturn: false,
  }) as AsyncIterable<Buffer>) {
    if (whole) chunk.copy(whole, at);
    else chunks.push(chunk);
    at += chunk.length;
    if (at > IN_MEMORY) return { bytes: Buffer.concat(chunks), rest: stream };
  }
  return {
    bytes: whole?.subarray(0, at) ?? Buffer.concat(chunks, at),
    rest: null,
  };
}

/** Writes a body to a file. */
export async function spool({ bytes, rest }: Body, path: string): Promise<void> {
  // So little is written sooner than a thread is woken for it.
  if (!rest && bytes.length < SMALL) return writeFileSync(path, bytes, { mode: 0o600 });
  const file = createWriteStream(path, { mode: 0o600 });
  const done = finished(file);
  file.write(bytes);
  if (rest) pipeline(rest, file, () => {});
  else file.end();
  await done;
}
