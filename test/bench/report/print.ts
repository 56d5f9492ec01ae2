import type { Share } from '../profile/groups.ts';
import type { ContenderFigures, Figure } from './figures.ts';
import type { Report } from './report.ts';

/** Beside more than this the machine was not ours alone. */
const OTHERS_SHARE = 0.1;
const LABEL = 46;
const COLUMN = 30;

export function printReport({ machine, course, contenders, ratios, profile }: Report): string {
  const { messages, bytesAMessage, partitions, compression, hours, rounds } = course;
  const lines = [
    `${whole(messages)} JSON messages over ${hours} hours in ${partitions} partitions; ${whole(bytesAMessage)} bytes each in Kafka's log (compression ${compression})`,
    `${machine.cores} cores (${machine.cpu}), Node ${machine.node}, ClickHouse ${machine.clickhouse}`,
    '',
  ];
  if (contenders.length > 0) {
    lines.push(
      `median of ${rounds} round${rounds === 1 ? '' : 's'}, least and most in brackets`,
      ...table(contenders),
      '',
    );
    for (const [name, value] of Object.entries(ratios)) lines.push(row(name, [shown(value, ratioText)], 60));
    if (contenders.some(({ othersShare }) => othersShare.median > OTHERS_SHARE))
      lines.push('', 'The machine was busy with something else: these numbers say little.');
    lines.push('');
  }
  lines.push('the processor in one profiled run, self time', ...profile.flatMap(share));
  return `${lines.join('\n')}\n`;
}

function table(contenders: readonly ContenderFigures[]): string[] {
  const line = (label: string, value: (figures: ContenderFigures) => string) =>
    row(label, contenders.map(value));
  const names = [...new Set(contenders.flatMap(({ processes }) => Object.keys(processes)))];
  return [
    line('', ({ name }) => name),
    line('messages/s until visible', ({ visible }) => shown(visible, whole)),
    line('messages/s until the last hour is built', ({ built }) => shown(built, whole)),
    line('  with the start, until visible', ({ visibleWithStart }) => shown(visibleWithStart, whole)),
    line('  with the start, until built', ({ builtWithStart }) => shown(builtWithStart, whole)),
    line('CPU µs a message', ({ cpuMicros }) => shown(cpuMicros, tenths)),
    ...names.map((name) =>
      line(`  ${name}`, ({ processes }) => shown(processes[name]?.cpuMicros ?? null, tenths)),
    ),
    line('most memory, MiB', () => ''),
    ...names.map((name) =>
      line(`  ${name}`, ({ processes }) => shown(processes[name]?.peakMiB ?? null, whole)),
    ),
    line('taken by anything else on the machine', ({ othersShare }) => shown(othersShare, percent)),
  ];
}

function share({ name, seconds, top }: Share): string[] {
  return [
    `${seconds.toFixed(2).padStart(7)} s  ${name}`,
    ...top.map((each) => `${each.seconds.toFixed(2).padStart(14)} s  ${each.name}`),
  ];
}

function row(label: string, cells: readonly string[], width = LABEL): string {
  return (label.padEnd(width) + cells.map((cell) => cell.padEnd(COLUMN)).join('')).trimEnd();
}

function shown(value: Figure | null, text: (value: number) => string): string {
  if (value === null) return '–';
  const { median, least, most } = value;
  return least === most ? text(median) : `${text(median)} (${text(least)}–${text(most)})`;
}

const whole = (value: number) => Math.round(value).toLocaleString('en');
const tenths = (value: number) => value.toFixed(1);
const ratioText = (value: number) => value.toFixed(2);
const percent = (value: number) => `${Math.round(value * 100)}%`;
