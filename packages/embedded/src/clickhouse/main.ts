import { openEngine } from "./engine.ts";
import { Pipes } from "./pipes.ts";
import { createHttpServer } from "./server.ts";

/** The process behind the HTTP interface: everything it must know comes in its environment. */
const { TOCSIN_CLICKHOUSE } = process.env;
const { dataDir, port, user, password } = JSON.parse(TOCSIN_CLICKHOUSE ?? "{}");

const connect = openEngine(dataDir);
const first = connect();
const table = async (sql: string): Promise<string[][]> => {
	const { bytes } = await first.query(sql, "TabSeparated");
	const lines = Buffer.from(bytes).toString().trimEnd().split("\n");
	return lines.map((line) => line.split("\t"));
};
const [[version = "", timezone = "", displayName = ""] = []] = await table(
	"SELECT version(), timezone(), displayName()",
);
const formats = await table(
	"SELECT lower(name), content_type FROM system.formats WHERE is_output",
);
const pipes = new Pipes();
const server = createHttpServer({
	connect,
	pipes,
	identity: { version, timezone, displayName },
	contentTypes: new Map(formats as [string, string][]),
	user,
	password,
});
server.listen(port, "127.0.0.1");

function stop(): void {
	pipes.remove();
	server.close(() => {
		first.close();
		process.exit(0);
	});
	server.closeAllConnections();
}
process.once("SIGTERM", stop).once("SIGINT", stop);
