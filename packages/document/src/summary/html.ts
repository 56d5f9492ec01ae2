import { isProtected, london, type Summary } from '@tocsin/answers';
import type { Element } from 'hast';
import { h } from 'hastscript';
import { draw } from '../plots/draw.ts';
import { pageText, svg, tableOf } from '../render/page.ts';
import { barsOf, overTime } from './plot.ts';

/** Rows that a plot has, and a table. */
const DRAWN = 12;
const SHOWN = 40;

/** An export at a glance, as one HTML file that needs nothing beside it and no script. */
export function summaryHtml(summary: Summary): string {
  const { period, rows, counts, all } = summary;
  return pageText({
    title: `Export of ${summary.export}, class ${summary.class}`,
    intro: `From ${london(period.from)} to ${london(period.to)}, the end not included; days and times are London’s (Europe/London), alerts count when the network received them.`,
    sections: [
      {
        id: 'all',
        title: 'All of it',
        content: [
          tableOf('Of all rows', counts.map(number), [all.map(whole)]),
          h(
            'p',
            `These are sums of the ${whole(rows)} rows of the whole file, with what its class allows and no more.${isProtected(summary.class) ? ' Groups of fewer than ten devices stand under “other”: of whatever else is named there is at least so much, and devices are told to the ten below.' : ''}`,
          ),
        ],
      },
      ...summary.tables.map((table) => ({
        id: table.column,
        title: table.title,
        content: contentOf(summary, table),
      })),
      { id: 'made-of', title: 'What it was made of', content: [factsOf(summary)] },
    ],
  });
}

function contentOf(summary: Summary, { column, title, rows: told }: Summary['tables'][number]): Element[] {
  if (told.length === 0) return [h('p', 'There is nothing.')];
  const inTime = column === 'time';
  const rows = told.map(({ name, values }) => ({ name: inTime ? moment(name, summary) : name, values }));
  const { option, height } = inTime ? overTime(summary, rows) : barsOf(summary, rows.slice(0, DRAWN));
  // Of times the newest, of all else the greatest.
  const first = inTime ? rows.slice(-SHOWN) : rows.slice(0, SHOWN);
  const rest = inTime ? rows.slice(0, -SHOWN) : rows.slice(SHOWN);
  const others = summary.counts.map((_, i) => rest.reduce((sum, { values }) => sum + values[i]!, 0));
  const seen = `${summary.counts.slice(0, summary.drawn.first).join(', ')}: ${title.toLowerCase()}; the table below has the numbers`;
  return [
    h('figure', [h('div.wide', { role: 'img', ariaLabel: seen }, [svg(draw({ option, height }))])]),
    tableOf(
      inTime ? `${title}` : `${title}, the most ${summary.counts[0]} first`,
      [{ text: column, numbers: false }, ...summary.counts.map(number)],
      [
        ...first.map(({ name, values }) => [name || '–', ...values.map(whole)]),
        ...(rest.length > 0
          ? [[`${whole(rest.length)} ${inTime ? 'earlier' : 'others'}`, ...others.map(whole)]]
          : []),
      ],
    ),
  ];
}

const number = (text: string) => ({ text, numbers: true });
const whole = (value: number) => value.toLocaleString('en-GB', { maximumFractionDigits: 0 });
/** As the store has moments. */
const moment = (name: string, { query }: Summary) =>
  london(`${name.replace(' ', 'T')}Z`).slice(0, query.grain === 'hour' ? undefined : 10);

function factsOf({ query, data, madeAt, party, scope, rows }: Summary): Element {
  const facts = [
    ['asked', new URLSearchParams({ ...query }).toString()],
    ['of', party ?? (scope === 'network' ? 'all devices' : 'a party’s own devices')],
    ['data version', data.version + (data.exact ? '' : ', and what came while it was read')],
    ['rows of the whole file', whole(rows)],
    ['made at', `${london(madeAt)}, Europe/London`],
  ];
  return tableOf(
    'The same question has the whole file, with its checksum in its manifest',
    [
      { text: 'Of', numbers: false },
      { text: 'What', numbers: false },
    ],
    facts,
  );
}
