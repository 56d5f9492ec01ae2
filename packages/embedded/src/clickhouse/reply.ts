import { randomBytes } from "node:crypto";
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import type { DatabaseError } from "./errors.ts";
import { httpStatus } from "./errors.ts";
import { type Done, summary } from "./summary.ts";

/** What every answer of this server says about itself. */
export interface Identity {
	version: string;
	timezone: string;
	displayName: string;
}

/**
 * One answer. Its beginning is held back, so that a fault that comes early still decides the status, and the
 * summary of a short result is complete.
 */
export class Reply {
	readonly #response: ServerResponse;
	readonly #version: string;
	readonly #held: Buffer[] = [];
	readonly #hold: number;
	readonly #tag = randomBytes(12).toString("base64url").replace(/[-_]/g, "x");
	#heldBytes = 0;
	#bytes = 0;

	/** @param hold bytes that are held back */
	constructor(
		response: ServerResponse,
		identity: Identity,
		queryId: string,
		hold: number,
	) {
		this.#response = response;
		this.#version = identity.version;
		this.#hold = hold;
		response.setHeader(
			"X-ClickHouse-Server-Display-Name",
			identity.displayName,
		);
		response.setHeader("X-ClickHouse-Query-Id", queryId);
		response.setHeader("X-ClickHouse-Timezone", identity.timezone);
	}

	format(name: string, contentType: string): void {
		this.#response.setHeader("Content-Type", contentType);
		this.#response.setHeader("X-ClickHouse-Format", name);
	}

	/** Resolves when more may come. */
	async write(chunk: Buffer): Promise<void> {
		this.#bytes += chunk.length;
		if (this.#response.headersSent) return this.#send(chunk);
		this.#held.push(chunk);
		this.#heldBytes += chunk.length;
		if (this.#heldBytes <= this.#hold) return;
		this.#response.setHeader("X-ClickHouse-Exception-Tag", this.#tag);
		this.#response.setHeader("X-ClickHouse-Summary", summary({ elapsed: 0 }));
		this.#response.writeHead(200);
		for (const held of this.#held.splice(0)) await this.#send(held);
	}

	end(done: Done): void {
		if (this.#response.headersSent) {
			this.#response.end();
			return;
		}
		this.#response.setHeader(
			"X-ClickHouse-Summary",
			summary({ resultBytes: this.#bytes, ...done }),
		);
		this.#response.setHeader("Content-Length", this.#heldBytes);
		this.#response.writeHead(200);
		this.#response.end(Buffer.concat(this.#held));
	}

	/** An error before the first byte is a status; after it, a marked block and a connection that breaks off. */
	fail(error: DatabaseError, extra: Record<string, string> = {}): void {
		const text = `${error.message} (version ${this.#version})\n`;
		if (this.#response.headersSent) {
			const block = `\r\n__exception__\r\n${this.#tag}\r\n${text}${Buffer.byteLength(text)} ${this.#tag}\r\n__exception__\r\n`;
			this.#response.write(block, () => this.#response.destroy());
			return;
		}
		this.#response.setHeader("X-ClickHouse-Exception-Code", error.code);
		this.#response.setHeader("Content-Type", "text/plain; charset=UTF-8");
		this.#response.removeHeader("X-ClickHouse-Format");
		this.#response.writeHead(httpStatus(error.code), extra);
		this.#response.end(text);
	}

	async #send(chunk: Buffer): Promise<void> {
		if (this.#response.destroyed)
			throw new Error("client closed the connection");
		if (!this.#response.write(chunk))
			await Promise.race([
				once(this.#response, "drain"),
				once(this.#response, "close"),
			]);
	}
}
