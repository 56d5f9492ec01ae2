/** Characters of a line that a person is shown. */
export const WIDTH = 120;
const INDENT = '  ';
const GAP = '  ';
/** A column is never made narrower than this. */
const NARROWEST = 16;

export interface Column {
  readonly head: string;
  /** Of numbers: they end below each other. */
  readonly right?: boolean;
}

/**
 * Rows in columns under their heads; columns with nothing in them are left out. Where a line would be too long, the
 * widest column is broken over several.
 */
export function inColumns(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const used = columns.flatMap((_, i) => (rows.some((row) => row[i]) ? [i] : []));
  const lines = [columns.map(({ head }) => head), ...rows];
  const widths = new Map(used.map((i) => [i, Math.max(...lines.map((row) => row[i]!.length))]));
  const room = WIDTH - INDENT.length - GAP.length * (used.length - 1);
  for (;;) {
    const over = [...widths.values()].reduce((sum, width) => sum + width, 0) - room;
    const [widest, width] = [...widths].reduce((one, other) => (other[1] > one[1] ? other : one), [-1, 0]);
    if (over <= 0 || width <= NARROWEST) break;
    const next = Math.max(NARROWEST, ...[...widths].filter(([i]) => i !== widest).map(([, one]) => one));
    widths.set(widest, Math.max(width - over, Math.min(next, width - 1)));
  }
  return lines
    .filter((row) => row.some((cell) => cell !== ''))
    .flatMap((row) => {
      const cells = used.map((i) => wrap(row[i]!, widths.get(i)!));
      return Array.from({ length: Math.max(...cells.map(({ length }) => length)) }, (_, line) =>
        `${INDENT}${used
          .map((i, k) => {
            const text = cells[k]![line] ?? '';
            return columns[i]!.right ? text.padStart(widths.get(i)!) : text.padEnd(widths.get(i)!);
          })
          .join(GAP)}`.trimEnd(),
      );
    });
}

/** A paragraph behind a word that stands before its first line. */
export function paragraph(head: string, text: string): string[] {
  return wrap(text, WIDTH - INDENT.length - head.length).map(
    (line, i) => `${INDENT}${i === 0 ? head : ' '.repeat(head.length)}${line}`,
  );
}

/** Lines of whole words; a word that is longer than a line has one to itself. */
export function wrap(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.length - 1;
    if (lines[last] === '') lines[last] = word;
    else if (lines[last]!.length + 1 + word.length <= width) lines[last] += ` ${word}`;
    else lines.push(word);
  }
  return lines;
}
