import type { Connection } from "./engine.ts";
import { fromEngine } from "./errors.ts";
import { endPipe, type Pipes, readPipe } from "./pipes.ts";
import { literal } from "./prepare.ts";
import type { Reply } from "./reply.ts";
import type { HttpQuery } from "./request.ts";
import { parseStatement, type Statement } from "./statement.ts";

/** What a run needs from the server. */
export interface Surroundings {
	pipes: Pipes;
	/** Content type of an output format, by its name in lower case. */
	contentTypes: ReadonlyMap<string, string>;
}

/** An insert's head is looked for in this much of the body; only then in all of it. */
const HEAD_BYTES = 64 * 1024;

/** Runs the statement that URL and body make together, and answers. */
export async function run(
	connection: Connection,
	query: HttpQuery,
	body: Buffer,
	reply: Reply,
	around: Surroundings,
): Promise<void> {
	const inUrl =
		query.query && body.length > 0 ? `${query.query}\n` : query.query;
	let text = inUrl + body.toString("utf8", 0, HEAD_BYTES);
	let statement =
		body.length > HEAD_BYTES ? headOf(text) : parseStatement(text);
	if (!statement) {
		text = inUrl + body.toString();
		statement = parseStatement(text);
	}
	if (statement.kind === "rows")
		return rows(connection, statement, query, reply, around);
	if (statement.kind === "command") {
		const format = query.defaultFormat ?? "TabSeparated";
		const result = await connection.query(statement.text, format);
		if (result.bytes.length > 0) announce(reply, format, around);
		await reply.write(
			Buffer.from(
				result.bytes.buffer,
				result.bytes.byteOffset,
				result.bytes.length,
			),
		);
		return reply.end(result);
	}
	const { dataAt } = statement;
	const inBody = dataAt - inUrl.length;
	const data =
		inBody >= 0
			? body.subarray(Buffer.byteLength(text.slice(inUrl.length, dataAt)))
			: Buffer.concat([Buffer.from(inUrl.slice(dataAt).trimStart()), body]);
	reply.end(await insert(connection, text.slice(0, dataAt).trimEnd(), data));
}

/** The head of a large body decides only if it is an insert's. */
function headOf(text: string): Statement | null {
	try {
		const statement = parseStatement(text);
		return statement.kind === "insert" ? statement : null;
	} catch {
		return null;
	}
}

async function insert(connection: Connection, head: string, data: Buffer) {
	try {
		return await connection.insert(head, data);
	} catch (error) {
		// A server takes no data as no rows.
		if (data.length === 0 && fromEngine(error).code === 108)
			return { rowsWritten: 0, bytesWritten: 0, elapsed: 0 };
		throw error;
	}
}

async function rows(
	connection: Connection,
	{ before, after, format }: Extract<Statement, { kind: "rows" }>,
	query: HttpQuery,
	reply: Reply,
	around: Surroundings,
): Promise<void> {
	const name = format ?? query.defaultFormat ?? "TabSeparated";
	const pipe = await around.pipes.take();
	const reader = readPipe(pipe);
	announce(reply, name, around);
	const result = connection.query(
		`${before}\nINTO OUTFILE ${literal(pipe)} APPEND ${after || `FORMAT ${name}`}`,
	);
	result.then(
		() => endPipe(pipe),
		() => endPipe(pipe),
	);
	try {
		for await (const chunk of reader) await reply.write(chunk);
		reply.end(await result);
	} finally {
		reader.destroy();
		await result.catch(() => {});
		around.pipes.give(pipe);
	}
}

function announce(
	reply: Reply,
	format: string,
	{ contentTypes }: Surroundings,
): void {
	reply.format(
		format,
		contentTypes.get(format.toLowerCase()) ?? "text/plain; charset=UTF-8",
	);
}
