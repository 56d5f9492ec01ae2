import type { Element } from 'hast';
import { h } from 'hastscript';
import { citationOf } from '../cited/cited.ts';
import { shown } from '../cited/shown.ts';
import { type Block, type Document, keyOf, type Numbered, numbersOf, type Plot } from '../document.ts';
import type { Prose } from '../prose.ts';
import { appendixOf } from './appendix.ts';
import { pageText, svg, tableOf } from './page.ts';
import { APPENDIX, type Made, madeRows, periodOf } from './words.ts';

/** As one HTML file that needs nothing beside it and no script. @param draw a plot as SVG */
export function toHtmlText(document: Document, made: Made, draw: (plot: Plot) => string): string {
  const numbers = numbersOf(document);
  const ids = new Map(numbers.map((one) => [keyOf(one), one.id]));
  const inline = ({ parts }: Prose): (string | Element)[] =>
    parts.map((part) => {
      if (typeof part === 'string') return part;
      if ('name' in part) return part.name;
      const [id, title] = [ids.get(keyOf(part)), citationOf(part.query)];
      return h(part.unit === 'words' ? 'a.words' : 'a.number', { href: `#${id}`, title }, shown(part));
    });
  const sections = [
    ...document.sections.map(({ id, title, blocks }) => ({
      ...{ id, title },
      content: blocks.map((block) => blockElement(block, inline, draw)),
    })),
    { id: 'numbers', title: APPENDIX.title, content: appendix(numbers) },
    {
      id: 'made-of',
      title: APPENDIX.made,
      content: [
        tableOf(
          'The store as it was',
          ['Of', 'Which', 'Up to'].map((text) => ({ text, numbers: false })),
          madeRows(made),
        ),
      ],
    },
  ];
  return pageText({ title: document.title, intro: periodOf(document), sections });
}

type Inline = (prose: Prose) => (string | Element)[];

function blockElement(block: Block, inline: Inline, draw: (plot: Plot) => string): Element {
  switch (block.kind) {
    case 'heading':
      return h('h3', inline(block.text));
    case 'paragraph':
      return h(block.tone === 'warning' ? 'p.warning' : 'p', inline(block.text));
    case 'list':
      return h(
        block.ordered ? 'ol' : 'ul',
        block.items.map((item) => h('li', inline(item))),
      );
    case 'table':
      return h('div.wide', [
        h('table', [
          h('caption', inline(block.caption)),
          h('thead', [
            h(
              'tr',
              block.head.map((one) => h('th', { scope: 'col', className: kind(one) }, inline(one.text))),
            ),
          ]),
          h(
            'tbody',
            block.rows.map((row) =>
              h(
                'tr',
                row.map((cell, i) => h('td', { className: kind(block.head[i]!) }, inline(cell))),
              ),
            ),
          ),
        ]),
      ]);
    case 'plot': {
      const alternative = inline(block.alternative).join('');
      return h('figure', [
        h('div.wide', { role: 'img', ariaLabel: alternative }, [svg(draw(block))]),
        h('figcaption', [
          ...inline(block.caption),
          ' Drawn from: ',
          ...block.commands.flatMap((command, i) => [...(i === 0 ? [] : [', ']), h('code', command)]),
          '.',
        ]),
      ]);
    }
  }
}

const kind = ({ numbers }: { numbers: boolean }) => (numbers ? ['numbers'] : []);

function appendix(numbers: readonly Numbered[]): Element[] {
  return [
    h('p', APPENDIX.about),
    ...appendixOf(numbers).map(({ command, values }) =>
      h('div.wide', [
        h('table.appendix', [
          h('caption', h('code', command)),
          h('thead', [
            h(
              'tr',
              ['Number', 'jq', 'Value'].map((text) => h('th', { scope: 'col' }, text)),
            ),
          ]),
          h(
            'tbody',
            values.map(({ id, jq, value }) =>
              h('tr', { id }, [h('td', id), h('td', h('code', jq)), h('td', h('code', value))]),
            ),
          ),
        ]),
      ]),
    ),
  ];
}
