import { describe, expect, it } from 'vitest';
import { partOf } from '../cited/part.ts';
import { type Document, numbers, numbersOf, words } from '../document.ts';
import { draw } from '../plots/draw.ts';
import { name, say } from '../prose.ts';
import { toHtmlText } from './html.ts';
import { toMarkdownText } from './markdown.ts';

const EVIL = '<script>alert("x")</script> & | `*_';
const answer = partOf(
  {
    all: { aDay: 1234.5, share: -0.285 },
    codes: [{ code: '8F3E', reading: EVIL, at: '2020-07-07T10:00:00Z', none: null }],
  },
  { question: 'changes', asked: { from: '2020-06-01' }, path: [] },
);
const [code] = answer.each(({ codes }) => codes, 'code');
const aDay = answer.cite('alerts a day', ({ all }) => all.aDay);

const DOCUMENT: Document = {
  ...{
    name: 'opsg-34',
    group: '34',
    title: 'Operations Group 34: alerts',
    from: '2020-06-01',
    to: '2020-07-01',
  },
  sections: [
    {
      id: 'changed',
      title: 'What changed',
      blocks: [
        {
          kind: 'paragraph',
          tone: 'warning',
          text: say`${aDay} alerts a day, ${answer.cite('change of share', ({ all }) => all.share)} of ${name(EVIL)}`,
        },
        {
          kind: 'list',
          ordered: true,
          items: [say`again ${aDay}`, say`read: ${code!.cite('words', ({ reading }) => reading)}`],
        },
        {
          kind: 'table',
          caption: say`A table`,
          head: [words(say`At`), numbers(say`Alerts a day`)],
          rows: [
            [say`${code!.cite('moment', ({ at }) => at)}`, say`${code!.cite('alerts', ({ none }) => none)}`],
          ],
        },
        {
          ...{ kind: 'plot', id: 'volume', height: 200, commands: [answer.command] },
          caption: say`A plot`,
          alternative: say`Bars`,
          option: {
            xAxis: { type: 'category', data: [EVIL] },
            yAxis: {},
            series: [{ type: 'bar', data: [1] }],
          },
        },
      ],
    },
  ],
};
const MADE = { at: '2020-07-07T10:00:00Z', of: [{ part: 'alerts', name: EVIL, value: '7' }] };

it('numbers are those of the text, in its order, each query once', () => {
  expect(numbersOf(DOCUMENT).map(({ id, value }) => [id, value])).toEqual([
    ['n1', 1234.5],
    ['n2', -0.285],
    ['n3', EVIL],
    ['n4', '2020-07-07T10:00:00Z'],
    ['n5', null],
  ]);
});

describe('as HTML', () => {
  const html = toHtmlText(DOCUMENT, MADE, draw);

  it('each number links to its line, with the command that gives it', () => {
    expect(html).toContain(
      '<a class="number" href="#n1" title="tocsin report changes --from 2020-06-01 --json | jq &#x27;.all.aDay&#x27;">1,235</a> alerts a day',
    );
    expect(html).toContain('>−28.5%</a>');
    expect(html).toContain('>2020-07-07 11:00</a>');
    expect(html).toContain('>–</a>');
    for (const { id } of numbersOf(DOCUMENT)) expect(html.split(`id="${id}"`)).toHaveLength(2);
  });

  it('needs no script and nothing beside it, and takes nothing of what is told for markup', () => {
    expect(html).not.toMatch(/<script|<link|<img|\ssrc=|@import|javascript:/i);
    expect(html.replaceAll('http://www.w3.org/', '')).not.toMatch(/https?:/);
    expect(html).toContain('&#x3C;script>');
    expect(html).toContain('<svg');
    expect(html).toContain('role="img" aria-label="Bars"');
  });

  it('has captions, heads of columns and one heading of the first order', () => {
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html.match(/<table/g)).toHaveLength(html.match(/<caption/g)!.length);
    expect(html.match(/<th /g)).toHaveLength(html.match(/<th scope="col"/g)!.length);
  });
});

describe('as Markdown', () => {
  it('each number links to its line in the appendix', () => {
    const markdown = toMarkdownText(DOCUMENT, MADE, (id) => `opsg-34-${id}.svg`);
    expect(markdown).toContain('**[1,235](#n1) alerts a day');
    expect(markdown).toMatch(/\| <a id="n1"><\/a>n1 +\| `\.all\.aDay` +\| +`1234\.5` \|/);
    expect(markdown).toContain('![Bars](opsg-34-volume.svg)');
    expect(markdown).toContain('\\<script>');
    expect(markdown).toContain('\\|');
  });

  it('stands without its plots', () => {
    expect(toMarkdownText(DOCUMENT, MADE, null)).not.toContain('.svg');
  });
});
