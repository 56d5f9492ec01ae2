import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startOf } from '@tocsin/domain';
import { startClickHouse } from '@tocsin/embedded';
import type { TruthFile } from '@tocsin/simulator';
import { ask } from '../support/dashboards/ask.ts';
import { asSent, type View } from '../support/dashboards/grafana.ts';
import { DEFAULTS, NAMED } from '../support/dashboards/panels.ts';
import { DRAWN } from '../support/dashboards/scenario-truth.ts';

const USAGE = `Usage: npm run bench:dashboards -- --data DIR [options]

Asks every query of the dashboards as Grafana's data source would, over the last 180 days of a scenario, and holds one
value of each panel of which the scenario's truth knows the value to that truth, over the whole scenario. The scenario is
what \`npm run trial -- --keep --data DIR\` leaves behind.

  --data DIR  the engines' data and truth.json
  --runs N    of each query, after one that does not count (50)
  --json      print one JSON object instead of a table
  --help

Anything else that runs at the same time falsifies the times.
Exit codes: 0 measured; 1 failed, or a panel shows another value; 2 wrong usage.
`;

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    runs: { type: 'string', default: '50' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const runs = Number(values.runs);
if (values.help) process.stdout.write(USAGE);
else if (values.data === undefined || !Number.isInteger(runs) || runs < 1) {
  process.stderr.write(`--data has to name a folder, and --runs a whole number from 1 on\n\n${USAGE}`);
  process.exitCode = 2;
} else await measure(values.data);

interface Line {
  readonly panel: string;
  readonly rows: number;
  /** Milliseconds. */
  readonly median: number;
  readonly p95: number;
  /** Null where the truth does not know. */
  readonly agrees: boolean | null;
}

async function measure(folder: string): Promise<void> {
  const truth: TruthFile = JSON.parse(await readFile(join(folder, 'truth.json'), 'utf8'));
  const [begin, end] = [startOf(truth.from) / 1000, startOf(truth.to) / 1000 + 86_400];
  const engine = await startClickHouse({ dataDir: join(folder, 'engines', 'clickhouse') });
  const different = NAMED.filter(({ sql }, i) => NAMED.findIndex((other) => other.sql === sql) === i);
  try {
    const lines: Line[] = [];
    for (const { dashboard, name, sql, interval } of different) {
      const panel = `${dashboard} / ${name}`;
      const step = Math.max(interval, 10_800);
      const show = (view: Pick<View, 'from' | 'to'>) =>
        ask(engine.url, 'tocsin', asSent(sql, { ...view, interval: step, variables: DEFAULTS }));
      const whole = await show({ from: begin, to: end });
      const held = DRAWN[panel];
      const view = { interval: step, days: (end - begin) / 86_400 };
      const agrees = held ? Math.abs(held.shown(whole.rows, view) / held.drawn(truth) - 1) < 1e-9 : null;
      const times: number[] = [];
      for (let i = 0; i < runs; i++) {
        const before = performance.now();
        await show({ from: end - 180 * 86_400, to: end });
        times.push(performance.now() - before);
        process.stderr.write(`\r${lines.length + 1} of ${different.length} panels, run ${i + 1}   `);
      }
      times.sort((one, other) => one - other);
      const quantile = (share: number) => times[Math.ceil(share * times.length) - 1]!;
      lines.push({ panel, rows: whole.rows.length, median: quantile(0.5), p95: quantile(0.95), agrees });
    }
    process.stderr.write('\n');
    process.stdout.write(
      values.json ? `${JSON.stringify({ scale: truth.scale, runs, panels: lines })}\n` : show(lines),
    );
    if (lines.some(({ agrees }) => agrees === false)) process.exitCode = 1;
  } finally {
    await engine.stop();
  }
}

function show(lines: readonly Line[]): string {
  const width = Math.max(...lines.map(({ panel }) => panel.length));
  const row = (panel: string, ...cells: string[]) =>
    `${panel.padEnd(width)}${cells.map((cell) => cell.padStart(11)).join('')}\n`;
  const truth = { true: 'agrees', false: 'DIFFERS', null: '' };
  const slow = lines.filter(({ p95 }) => p95 >= 300).length;
  return (
    row('180 days', 'rows', 'median ms', 'p95 ms', 'truth') +
    lines
      .map(({ panel, rows, median, p95, agrees }) =>
        row(panel, String(rows), median.toFixed(0), p95.toFixed(0), truth[`${agrees}`]),
      )
      .join('') +
    `${lines.length - slow} of ${lines.length} under 300 ms\n`
  );
}
