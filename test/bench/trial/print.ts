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

function verdicts({ truth, minutes, faults }: Verdicts): string[] {
  const counts = Object.entries(truth).map(([verdict, n]) => `${n} ${verdict}`);
  return [
    `the truth: ${counts.join(', ')}\n`,
    ...minutes.map(
      ({ measure, measured, low, high, n, minutes: stated }) =>
        `  ${measure.padEnd(LABEL)}${shown(measured)}${low === undefined ? '' : ` (95%: ${shown(low)} to ${shown(high)})`}` +
        `${n === undefined ? '' : `, n = ${n}`}; minutes ${stated?.text}: ${stated?.verdict}\n`,
    ),
    ...faults.map((fault) => `  does not agree: ${fault}\n`),
  ];
}

const shown = (value: unknown) =>
  typeof value === 'number' ? String(Number(value.toPrecision(5))) : (value ?? 'none');
