import { DatabaseError } from './errors.ts';
import { type Token, tokens } from './tokens.ts';

/** What to do with a statement, told from its top level only; the engine reads it in full. */
export type Statement = Rows | Insert | Command;

/** Gives rows. Between `before` and `after` is the place for `INTO OUTFILE`; `format` is its clause's, if any. */
export interface Rows {
  kind: 'rows';
  before: string;
  after: string;
  format: string | null;
}

/** Takes the text from `dataAt` on as data. */
export interface Insert {
  kind: 'insert';
  dataAt: number;
  /** The same statement with its data in a file. @param path as an SQL literal */
  fromFile(path: string): string;
}

/** Runs as it stands. */
interface Command {
  kind: 'command';
  /** The first word, upper-case. */
  word: string;
  text: string;
  format: string | null;
}

const GIVES_ROWS = new Set(['SELECT', 'FROM', 'SHOW', 'DESC', 'DESCRIBE', 'EXPLAIN', 'EXISTS', 'CHECK']);
const AFTER_WITH = new Set(['SELECT', 'INSERT', 'FROM']);

/**
 * @param text the whole statement
 * @throws DatabaseError for an empty text, several statements, and files on the server's side
 */
export function parseStatement(text: string): Statement {
  const insert = parseInsert(text);
  if (insert) return insert;
  const all = single(text);
  const end = all.at(-1)?.end;
  if (end === undefined)
    throw new DatabaseError(
      62,
      'SYNTAX_ERROR',
      'Syntax error: failed at position 1 (end of query): Empty query',
    );
  const word = firstWord(text);
  // The engine lets some of these pass without a word.
  if (!/^[A-Z]/.test(word)) {
    const start = all.find((token) => token.text !== '(')?.start ?? 0;
    const rest = text.slice(start, start + 120);
    throw new DatabaseError(62, 'SYNTAX_ERROR', `Syntax error: failed at position ${start + 1}: ${rest}`);
  }
  const clause = formatClause(all);
  const format = clause ? text.slice(clause.name.start, clause.name.end) : null;
  // EXPLAIN AST would take INTO OUTFILE for a part of what it is to explain.
  const explainsText = word === 'EXPLAIN' && all[1]?.text === 'AST';
  if (!GIVES_ROWS.has(word) || explainsText)
    return { kind: 'command', word, text: text.slice(0, end), format };
  const at = clause?.start ?? end;
  return {
    kind: 'rows',
    before: text.slice(0, at),
    after: text.slice(at, end),
    format,
  };
}

/** The word that says what a statement is: past opening brackets and a WITH clause. */
function firstWord(text: string): string {
  let inWith = false;
  for (const token of tokens(text)) {
    if (inWith) {
      if (token.kind === 'word' && token.depth === 0 && AFTER_WITH.has(token.text)) return token.text;
    } else if (token.text === 'WITH') inWith = true;
    else if (token.text !== '(') return token.kind === 'word' ? token.text : '';
  }
  return '';
}

/** All tokens but closing semicolons. */
function single(text: string): Token[] {
  const all = [...tokens(text)];
  while (all.at(-1)?.text === ';') all.pop();
  const first = all.find(({ text, kind }) => kind === 'mark' && text === ';');
  if (!first) return all;
  const rest = text.slice(first.start, first.start + 120);
  throw new DatabaseError(
    62,
    'SYNTAX_ERROR',
    `Syntax error (Multi-statements are not allowed): failed at position ${first.start + 1} (end of query): ${rest}`,
  );
}

/** Finds a FORMAT clause at the end; only a SETTINGS clause may follow it. */
function formatClause(all: Token[]): { start: number; name: Token } | null {
  for (let i = all.length - 2; i > 0; i -= 1) {
    const { kind, text, depth, start } = all[i] as Token;
    if (kind !== 'word' || depth !== 0) continue;
    const name = all[i + 1] as Token;
    if (text === 'INTO' && name.text === 'OUTFILE')
      throw new DatabaseError(358, 'INTO_OUTFILE_NOT_ALLOWED', 'INTO OUTFILE is not allowed');
    const next = all[i + 2];
    if (text === 'FORMAT' && name.kind === 'word' && (!next || next.text === 'SETTINGS'))
      return { start, name };
  }
  return null;
}

/**
 * Reads an insert's head from the beginning of a statement.
 * @returns null when it isn't an insert, takes no data (`INSERT … SELECT`), or `text` ends before they begin
 */
export function parseInsert(text: string): Insert | null {
  if (firstWord(text) !== 'INSERT') return null;
  let select = false;
  let input: Token | undefined;
  let settings: Token | undefined;
  let format: Token | undefined;
  for (const token of tokens(text)) {
    if (format) {
      const dataAt = pastLineEnd(text, token.end);
      if (input) return insertInput(text, input, format, token, dataAt);
      return insertData(text, (settings ?? format).start, dataAt, text.slice(format.start, token.end));
    }
    if (token.kind !== 'word') continue;
    if (token.text === 'INPUT' && select) input = token;
    if (token.depth !== 0) continue;
    if (token.text === 'INFILE')
      throw new DatabaseError(
        78,
        'UNKNOWN_TYPE_OF_QUERY',
        'Query has infile and was send directly to server',
      );
    if (token.text === 'SELECT' || token.text === 'WITH') select = true;
    if (token.text === 'SETTINGS') settings ??= token;
    if (token.text === 'VALUES' && !select)
      return insertData(text, (settings ?? token).start, token.end, 'FORMAT Values', token.start);
    if (token.text === 'FORMAT' && (!select || input)) format = token;
  }
  return null;
}

/** `INSERT INTO t (a, b) <source> SETTINGS … FORMAT x` */
function insertData(
  text: string,
  sourceAt: number,
  dataAt: number,
  format: string,
  formatAt = text.indexOf(format, sourceAt),
): Insert {
  const fromFile = (path: string) =>
    `${text.slice(0, sourceAt)} FROM INFILE ${path} COMPRESSION 'none' ${text.slice(sourceAt, formatAt)} ${format}`;
  return { kind: 'insert', dataAt, fromFile };
}

/** `INSERT INTO t SELECT … FROM input('a Int8') … FORMAT x`: the function `file` stands in for `input`, which the engine leaves empty. */
function insertInput(text: string, input: Token, format: Token, name: Token, dataAt: number): Insert {
  const open = text.indexOf('(', input.end) + 1;
  const fromFile = (path: string) =>
    `${text.slice(0, input.start)}file(${path}, ${text.slice(name.start, name.end)}, ${text.slice(open, format.start)}`;
  return { kind: 'insert', dataAt, fromFile };
}

/** Data begin after blanks and one line end; more line ends belong to the data. */
function pastLineEnd(text: string, at: number): number {
  const blank = /[ \t\f]*(?:\r?\n)?/y;
  blank.lastIndex = at;
  blank.test(text);
  return blank.lastIndex;
}
