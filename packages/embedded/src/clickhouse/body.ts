import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { DatabaseError } from "./errors.ts";

const DECODERS = {
	gzip: createGunzip,
	deflate: createInflate,
	br: createBrotliDecompress,
};

/**
 * The whole body, decompressed as its Content-Encoding says. It stays bytes: nothing is decoded to text.
 * @throws DatabaseError for an encoding that isn't known and for damaged data
 */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
	const encoding = request.headers["content-encoding"] ?? "identity";
	const length = Number(request.headers["content-length"]);
	if (encoding === "identity" || encoding === "")
		return gather(request, length);
	const decoder = DECODERS[encoding as keyof typeof DECODERS];
	if (!decoder)
		throw new DatabaseError(
			89,
			"UNKNOWN_COMPRESSION_METHOD",
			`Unknown HTTP content encoding: ${encoding}`,
		);
	const decoded = pipeline(request, decoder(), () => {});
	try {
		return await gather(decoded, Number.NaN);
	} catch (error) {
		throw new DatabaseError(
			354,
			"ZLIB_INFLATE_FAILED",
			`Cannot decompress the ${encoding} body: ${(error as Error).message}`,
		);
	}
}

/** A known length is filled in place, so that a large body is copied once. */
async function gather(stream: Readable, length: number): Promise<Buffer> {
	if (Number.isNaN(length)) {
		const chunks: Buffer[] = [];
		for await (const chunk of stream) chunks.push(chunk);
		return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
	}
	const whole = Buffer.allocUnsafe(length);
	let at = 0;
	for await (const chunk of stream as AsyncIterable<Buffer>)
		at += chunk.copy(whole, at);
	return whole.subarray(0, at);
}
