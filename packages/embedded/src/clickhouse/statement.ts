import { DatabaseError } from "./errors.ts";
import { type Token, tokens } from "./tokens.ts";

/** What to do with a statement, told from its top level only; the engine reads it in full. */
export type Statement =
	/** Gives rows. `before` and `after` enclose the place for `INTO OUTFILE`; `format` is the clause's, if any. */
	| { kind: "rows"; before: string; after: string; format: string | null }
	/** Takes the text from `dataAt` on as data. */
	| { kind: "insert"; dataAt: number }
	/** Runs as it stands. */
	| { kind: "command"; word: string; text: string };

const GIVES_ROWS = new Set([
	"SELECT",
	"FROM",
	"SHOW",
	"DESC",
	"DESCRIBE",
	"EXPLAIN",
	"EXISTS",
	"CHECK",
]);

/**
 * @param text the whole statement; for an insert its head is enough
 * @throws DatabaseError for an empty text, several statements, and files on the server's side
 */
export function parseStatement(text: string): Statement {
	const first = firstWord(text);
	if (first === "INSERT") {
		const dataAt = insertData(text);
		if (dataAt !== null) return { kind: "insert", dataAt };
	}
	const all = single(text);
	const last = all.at(-1);
	if (!last)
		throw new DatabaseError(
			62,
			"SYNTAX_ERROR",
			"Syntax error: failed at position 1 (end of query): Empty query",
		);
	if (!GIVES_ROWS.has(first))
		return { kind: "command", word: first, text: text.slice(0, last.end) };
	return rows(text, all, last.end);
}

/** The word that says what a statement is: past a WITH clause and opening brackets. */
function firstWord(text: string): string {
	let with_ = false;
	for (const token of tokens(text)) {
		if (token.text === "(" && !with_) continue;
		if (token.text === "WITH" && !with_) with_ = true;
		else if (!with_) return token.kind === "word" ? token.text : "";
		else if (
			token.kind === "word" &&
			token.depth === 0 &&
			["SELECT", "INSERT", "FROM"].includes(token.text)
		)
			return token.text;
	}
	return with_ ? "SELECT" : "";
}

/** All tokens but a closing semicolon. */
function single(text: string): Token[] {
	const all = [...tokens(text)];
	while (all.at(-1)?.text === ";") all.pop();
	const end = all.findIndex(
		({ text, kind }) => kind === "mark" && text === ";",
	);
	if (end < 0) return all;
	const { start } = all[end] as Token;
	throw new DatabaseError(
		62,
		"SYNTAX_ERROR",
		`Syntax error (Multi-statements are not allowed): failed at position ${start + 1} (end of query): ${text.slice(start, start + 120)}`,
	);
}

/** Finds a FORMAT clause at the end; only a SETTINGS clause may follow it. */
function rows(text: string, all: Token[], end: number): Statement {
	for (let i = all.length - 2; i > 0; i -= 1) {
		const { kind, text: word, depth, start } = all[i] as Token;
		if (kind !== "word" || depth !== 0) continue;
		if (word === "OUTFILE")
			throw new DatabaseError(
				358,
				"INTO_OUTFILE_NOT_ALLOWED",
				"INTO OUTFILE is not allowed",
			);
		if (word !== "FORMAT") continue;
		const name = all[i + 1] as Token;
		const next = all[i + 2];
		if (name.kind !== "word" || (next && next.text !== "SETTINGS")) continue;
		const format = text.slice(name.start, name.end);
		return {
			kind: "rows",
			before: text.slice(0, start),
			after: text.slice(start, end),
			format,
		};
	}
	return { kind: "rows", before: text.slice(0, end), after: "", format: null };
}

/** Where an insert's data begin, or null when it takes none (`INSERT … SELECT`). */
function insertData(text: string): number | null {
	let select = false;
	let input = false;
	let format: Token | null = null;
	for (const token of tokens(text)) {
		if (format) return pastLineEnd(text, token.end);
		if (token.kind !== "word") continue;
		if (token.text === "INPUT") input = true;
		if (token.depth !== 0) continue;
		if (token.text === "INFILE")
			throw new DatabaseError(
				78,
				"UNKNOWN_TYPE_OF_QUERY",
				"Query has infile and was send directly to server",
			);
		if (token.text === "SELECT" || token.text === "WITH") select = true;
		if (token.text === "VALUES" && !select) return token.end;
		if (token.text === "FORMAT" && (!select || input)) format = token;
	}
	return null;
}

/** Data begin after blanks and one line end; more line ends belong to the data. */
function pastLineEnd(text: string, at: number): number {
	const blank = /[ \t\f]*(?:\r?\n)?/y;
	blank.lastIndex = at;
	blank.test(text);
	return blank.lastIndex;
}
