import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createGunzip, createGzip } from 'node:zlib';

export interface Written {
  readonly bytes: number;
  readonly sha256: string;
}

/** Writes a stream into a file that is not there yet, compressed. */
export async function writeFileOf(path: string, body: Readable): Promise<Written> {
  const hash = createHash('sha256');
  const gzip = createGzip({ level: constants.Z_BEST_SPEED });
  await pipeline(
    body,
    gzip,
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        yield chunk;
      }
    },
    createWriteStream(path, { flags: 'wx' }),
  );
  const { size: bytes } = await stat(path);
  return { bytes, sha256: hash.digest('hex') };
}

/** The hash of a file as it lies there. */
export async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** What was written, again. An error of the file ends the stream with it. */
export function readFileOf(path: string): Readable {
  const body = new PassThrough();
  pipeline(createReadStream(path), createGunzip(), body).catch((error) => body.destroy(error));
  return body;
}
