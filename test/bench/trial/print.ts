import type { Trial, Verdicts } from './run-trial.ts';

const LABEL = 34;
const MEBIBYTE = 2 ** 20;

export function printTrial(trial: Trial): string {
  const { seed, scale, messages, events, alerts, corrected, seconds, processes, sizes, proved, report } =
    trial;
  const line = (label: string, ...cells: string[]) =>
    `${label.padEnd(LABEL)}${cells.map((cell) => cell.padStart(18)).join('')}\n`;
  const whole = (value: number) => Math.round(value).toLocaleString('en-GB');
  return [
    `1:${scale}, seed ${seed}: ${whole(messages)} messages that stand for ${whole(alerts)} alerts, ${whole(events)} inventory events, ${whole(corrected)} rows corrected\n`,
    line('seconds until all is', 'produced', 'counted', 'corrected, built'),
    line('', ...[seconds.produced, seconds.counted, seconds.settled].map(whole)),
    line('messages and events/s', '', whole((messages + events) / seconds.counted), ''),
    line('process', 'CPU s', 'peak MiB'),
    ...processes.map(({ name, cpuSeconds, peakBytes }) =>
      line(`  ${name}`, whole(cpuSeconds), peakBytes ? whole(peakBytes / MEBIBYTE) : ''),
    ),
    line('on disk', 'rows', 'MiB', 'bytes a message', 'rows a million'),
    ...sizes.map(({ table, rows, bytes, bytesAMessage, rowsAMillion }) =>
      line(`  ${table}`, whole(rows), whole(bytes / MEBIBYTE), bytesAMessage.toFixed(1), whole(rowsAMillion)),
    ),
    line('each counted once', proved ? 'proved' : 'NOT proved'),
    ...(report ? verdicts(report) : []),
    '\n',
  ].join('');
}

function verdicts({ truth, minutes, disagree }: Verdicts): string[] {
  const tally = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .map(([verdict, n]) => `${n} ${verdict}`)
      .join(', ');
  return [
    `the truth: ${tally(truth)}\n`,
    `the minutes: ${tally(minutes)}\n`,
    ...disagree.map((measure) => `  does not agree: ${measure}\n`),
  ];
}
