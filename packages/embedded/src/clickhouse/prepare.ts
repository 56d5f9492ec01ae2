import type { Connection } from "./engine.ts";
import { DatabaseError } from "./errors.ts";
import type { HttpQuery } from "./request.ts";

/** Gives a connection the database, settings and parameters of one query. */
export async function prepare(
	connection: Connection,
	query: HttpQuery,
): Promise<void> {
	if (query.database)
		await connection.query(`USE ${identifier(query.database)}`);
	const roles = query.role.map(identifier).join(", ");
	if (roles) await connection.query(`SET ROLE ${roles}`);
	const params = [...query.params].map(
		([name, value]) => `param_${word(name)} = ${literal(value)}`,
	);
	const settings = [...query.settings].map(
		([name, value]) => `${word(name)} = ${literal(value)}`,
	);
	const all = [...params, ...settings];
	if (all.length > 0) await connection.query(`SET ${all.join(", ")}`);
	// Last: from here on, what the query may set is limited too.
	if (query.readonly && !isReadonly(query.settings))
		await connection.query("SET readonly = 2");
}

const isReadonly = (settings: Map<string, string>): boolean =>
	/^[12]$/.test(settings.get("readonly") ?? "");

/** A string literal of ClickHouse SQL. */
export function literal(value: string): string {
	return `'${value.replace(/[\\']/g, "\\$&")}'`;
}

/** A quoted identifier of ClickHouse SQL. */
export function identifier(name: string): string {
	return `\`${name.replace(/[\\`]/g, "\\$&")}\``;
}

function word(name: string): string {
	if (!/^\w+$/.test(name))
		throw new DatabaseError(
			115,
			"UNKNOWN_SETTING",
			`Unknown setting '${name}'`,
		);
	return name;
}
