import type { AccuracyRow } from './trial.ts';

const HEAD = ['Question', 'World', 'Measure', 'Value', 'Asked', 'Of', 'Holds'];

/** The table in Markdown, its columns as wide as what is in them. */
export function showRows(rows: readonly AccuracyRow[]): string {
  const lines = [
    HEAD,
    ...rows.map((row) => [
      row.question,
      row.world,
      row.measure,
      row.value,
      row.asked,
      row.of.toLocaleString('en-GB'),
      row.holds ? 'yes' : 'NO',
    ]),
  ];
  const widths = HEAD.map((_, i) => Math.max(...lines.map((line) => line[i]!.length)));
  const text = (line: readonly string[]) =>
    `| ${line.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`;
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  return `${[text(lines[0]!), rule, ...lines.slice(1).map(text)].join('\n')}\n`;
}
