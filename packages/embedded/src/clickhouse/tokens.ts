/** One piece of a statement, by its offsets in the text. `depth` counts the brackets around it. */
export interface Token {
  kind: 'word' | 'quoted' | 'string' | 'number' | 'mark';
  /** Upper-case for words, as written for the others. */
  text: string;
  start: number;
  end: number;
  depth: number;
}

const BLANK = /(?:\s|--[^\n]*|#[ !][^\n]*|\/\*[\s\S]*?(?:\*\/|$))+/y;
const PIECES: readonly [Token['kind'], RegExp][] = [
  ['word', /[\p{L}_][\p{L}\p{N}_]*/uy],
  ['string', /'(?:[^'\\]|\\[\s\S]|'')*'/y],
  ['string', /(\$[\p{L}\p{N}_]*\$)[\s\S]*?\1/uy],
  ['quoted', /`(?:[^`\\]|\\[\s\S]|``)*`|"(?:[^"\\]|\\[\s\S]|"")*"/y],
  ['number', /\d[\w.]*/y],
  ['mark', /[\s\S]/uy],
];

/** Cuts a ClickHouse statement into pieces, leaving out blanks and comments. Lazy: stops when you do. */
export function* tokens(text: string): Generator<Token> {
  let depth = 0;
  for (let start = 0; start < text.length; ) {
    BLANK.lastIndex = start;
    if (BLANK.test(text)) start = BLANK.lastIndex;
    if (start >= text.length) return;
    for (const [kind, piece] of PIECES) {
      piece.lastIndex = start;
      if (!piece.test(text)) continue;
      const end = piece.lastIndex;
      const written = text.slice(start, end);
      if (kind === 'mark' && /[)\]}]/.test(written)) depth -= 1;
      yield {
        kind,
        text: kind === 'word' ? written.toUpperCase() : written,
        start,
        end,
        depth,
      };
      if (kind === 'mark' && /[([{]/.test(written)) depth += 1;
      start = end;
      break;
    }
  }
}
