import { createHash, randomUUID, timingSafeEqual } from "node:crypto";
import {
	createServer,
	type IncomingMessage,
	type Server,
	type ServerResponse,
} from "node:http";
import { readBody } from "./body.ts";
import type { Connection } from "./engine.ts";
import { DatabaseError, fromEngine } from "./errors.ts";
import { prepare } from "./prepare.ts";
import { type Identity, Reply } from "./reply.ts";
import { type HttpQuery, readHttpQuery } from "./request.ts";
import { run, type Surroundings } from "./run.ts";

export interface ServerOptions extends Surroundings {
	connect: () => Connection;
	identity: Identity;
	user: string;
	password: string;
}

/** ClickHouse's HTTP interface over an engine. */
export function createHttpServer(options: ServerOptions): Server {
	const server = createServer({
		maxHeaderSize: 1 << 21,
		keepAliveTimeout: 10_000,
		requestTimeout: 0,
	});
	server.on(
		"request",
		(request, response) => void answer(request, response, options),
	);
	return server;
}

async function answer(
	request: IncomingMessage,
	response: ServerResponse,
	options: ServerOptions,
): Promise<void> {
	const url = new URL(request.url ?? "/", "http://localhost");
	if (
		url.pathname === "/ping" ||
		(url.pathname === "/" &&
			request.method === "GET" &&
			!url.searchParams.has("query"))
	) {
		response.setHeader("Content-Type", "text/html; charset=UTF-8");
		response.end("Ok.\n");
		return;
	}
	if (url.pathname !== "/") {
		response.statusCode = 404;
		response.setHeader("Content-Type", "text/plain; charset=UTF-8");
		response.end(`There is no handle ${request.url}\n`);
		return;
	}
	const queryId = url.searchParams.get("query_id") || randomUUID();
	let reply = new Reply(response, options.identity, queryId, 0);
	try {
		const query = readHttpQuery(request, url);
		reply = new Reply(
			response,
			options.identity,
			queryId,
			query.wholeBeforeSending ? Infinity : query.bufferSize,
		);
		authenticate(query, options);
		await execute(query, await readBody(request), reply, options);
	} catch (error) {
		if (!response.destroyed) reply.fail(fromEngine(error));
	}
}

async function execute(
	query: HttpQuery,
	body: Buffer,
	reply: Reply,
	options: ServerOptions,
): Promise<void> {
	const connection = options.connect();
	try {
		await prepare(connection, query);
		await run(connection, query, body, reply, options);
	} finally {
		connection.close();
	}
}

function authenticate(
	{ user, password }: HttpQuery,
	options: ServerOptions,
): void {
	if (user === options.user && same(password, options.password)) return;
	throw new DatabaseError(
		516,
		"AUTHENTICATION_FAILED",
		`${user}: Authentication failed: password is incorrect, or there is no user with such name.`,
	);
}

function same(a: string, b: string): boolean {
	const digest = (text: string) => createHash("sha256").update(text).digest();
	return timingSafeEqual(digest(a), digest(b));
}
