import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Writable } from 'node:stream';
import { constants, createBrotliCompress, createDeflate, createGzip } from 'node:zlib';
import { type DatabaseError, httpStatus } from './errors.ts';
import { type Done, summary } from './summary.ts';

/** What every answer of this server says about itself. */
export interface Identity {
  version: string;
  timezone: string;
  displayName: string;
}

/** In the order in which they are preferred. */
const ENCODERS = {
  gzip: () => createGzip({ level: 3 }),
  deflate: () => createDeflate({ level: 3 }),
  br: () => createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 3 } }),
};

/**
 * One answer. Its beginning is held back, so that a fault that comes early still decides the status, and the
 * summary of a short result is complete.
 */
export class Reply {
  readonly #response: ServerResponse;
  readonly #version: string;
  readonly #held: Buffer[] = [];
  readonly #tag = randomBytes(12).toString('hex').slice(0, 16);
  #hold = 0;
  #encoding: keyof typeof ENCODERS | undefined;
  #out: Writable | undefined;
  #bytes = 0;

  constructor(response: ServerResponse, identity: Identity) {
    this.#response = response;
    this.#version = identity.version;
    response.setHeader('X-ClickHouse-Server-Display-Name', identity.displayName);
    response.setHeader('X-ClickHouse-Timezone', identity.timezone);
    response.setHeader('Content-Type', 'text/plain; charset=UTF-8');
  }

  /** @param hold bytes that are held back  @param accepted the client's Accept-Encoding, if it is to be heeded */
  prepare(queryId: string, hold: number, accepted: string): void {
    this.#response.setHeader('X-ClickHouse-Query-Id', queryId);
    this.#hold = hold;
    const names = Object.keys(ENCODERS) as (keyof typeof ENCODERS)[];
    this.#encoding = names.find((name) => accepted.includes(name));
  }

  format(name: string, contentType = 'text/plain; charset=UTF-8'): void {
    this.#response.setHeader('Content-Type', contentType);
    this.#response.setHeader('X-ClickHouse-Format', name);
  }

  /** Resolves when more may come. What comes after the client has gone is let go. */
  async write(chunk: Buffer): Promise<void> {
    if (this.#response.destroyed) return;
    this.#bytes += chunk.length;
    if (this.#out) return this.#send(this.#out, chunk);
    this.#held.push(chunk);
    if (this.#bytes <= this.#hold) return;
    const out = this.#open({ elapsed: 0 });
    for (const held of this.#held.splice(0)) await this.#send(out, held);
  }

  end(done: Done): void {
    if (this.#out) {
      this.#finish(this.#out);
      return;
    }
    const whole = Buffer.concat(this.#held);
    if (!this.#encoding || whole.length === 0) this.#response.setHeader('Content-Length', whole.length);
    this.#finish(this.#open(done), whole);
  }

  /** A fault before the first byte is a status; after it, a marked block in a body that is cut off. */
  fail(error: DatabaseError): void {
    const response = this.#response;
    const text = `${error.message} (version ${this.#version})\n`;
    if (this.#out) {
      const mark = '__exception__';
      const block = `\r\n${mark}\r\n${this.#tag}\r\n${text}${Buffer.byteLength(text)} ${this.#tag}\r\n${mark}\r\n`;
      this.#out.write(block);
      // The socket ends where the body should have had its end.
      if (this.#out === response) response.socket?.end();
      else this.#out.once('end', () => response.socket?.end()).end();
      return;
    }
    if (error.code === 194)
      response.setHeader('WWW-Authenticate', 'Basic realm="ClickHouse server HTTP API"');
    response.setHeader('X-ClickHouse-Exception-Code', error.code);
    response.setHeader('Content-Type', 'text/plain; charset=UTF-8');
    response.removeHeader('X-ClickHouse-Format');
    response.writeHead(httpStatus(error.code));
    response.end(text);
  }

  #open(done: Done): Writable {
    const response = this.#response;
    response.setHeader('X-ClickHouse-Exception-Tag', this.#tag);
    response.setHeader('X-ClickHouse-Summary', summary({ resultBytes: this.#bytes, ...done }));
    if (this.#encoding && !response.hasHeader('Content-Length')) {
      response.setHeader('Content-Encoding', this.#encoding);
      this.#out = ENCODERS[this.#encoding]();
      this.#out.pipe(response, { end: false });
    } else this.#out = response;
    response.writeHead(200);
    return this.#out;
  }

  #finish(out: Writable, last?: Buffer): void {
    if (out !== this.#response) out.once('end', () => this.#response.end());
    out.end(last);
  }

  async #send(out: Writable, chunk: Buffer): Promise<void> {
    if (this.#response.destroyed || out.write(chunk)) return;
    const waiting = new AbortController();
    const { signal } = waiting;
    await Promise.race([once(out, 'drain', { signal }), once(this.#response, 'close', { signal })]);
    waiting.abort();
  }
}
