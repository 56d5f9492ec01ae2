import type { Nodes, Paragraph, PhrasingContent, RootContent, TableContent } from 'mdast';
import { gfmTableToMarkdown } from 'mdast-util-gfm-table';
import { toMarkdown } from 'mdast-util-to-markdown';
import { shown } from '../cited/shown.ts';
import { type Block, type Document, keyOf, type Numbered, numbersOf } from '../document.ts';
import type { Prose } from '../prose.ts';
import { appendixOf } from './appendix.ts';
import { APPENDIX, type Made, madeRows, periodOf } from './words.ts';

/**
 * As Markdown with tables (GFM). Every number links to its place in the appendix.
 * @param plotAddress of a plot's SVG file; null: plots are left out
 */
export function toMarkdownText(
  document: Document,
  made: Made,
  plotAddress: ((id: string) => string) | null,
): string {
  const numbers = numbersOf(document);
  const ids = new Map(numbers.map((one) => [keyOf(one), one.id]));
  const inline = (prose: Prose): PhrasingContent[] =>
    prose.parts.map((part) => {
      if (typeof part === 'string') return text(part);
      if ('name' in part) return text(part.name);
      return { type: 'link', url: `#${ids.get(keyOf(part))}`, children: [text(shown(part))] };
    });
  const tree: Nodes = {
    type: 'root',
    children: [
      heading(1, document.title),
      paragraph([text(periodOf(document))]),
      ...document.sections.flatMap(({ title, blocks }) => [
        heading(2, title),
        ...blocks.flatMap((block) => blockNodes(block, inline, plotAddress)),
      ]),
      ...appendixNodes(numbers, made),
    ],
  };
  return toMarkdown(tree, { extensions: [gfmTableToMarkdown({ tablePipeAlign: false })], bullet: '-' });
}

type Inline = (prose: Prose) => PhrasingContent[];

function blockNodes(
  block: Block,
  inline: Inline,
  plotAddress: ((id: string) => string) | null,
): RootContent[] {
  switch (block.kind) {
    case 'heading':
      return [{ type: 'heading', depth: 3, children: inline(block.text) }];
    case 'paragraph':
      return block.tone === 'warning'
        ? [paragraph([{ type: 'strong', children: inline(block.text) }])]
        : [paragraph(inline(block.text))];
    case 'list':
      return [
        {
          type: 'list',
          ordered: block.ordered ?? false,
          spread: false,
          children: block.items.map((item) => ({
            type: 'listItem',
            spread: false,
            children: [paragraph(inline(item))],
          })),
        },
      ];
    case 'table':
      return [
        paragraph([{ type: 'emphasis', children: inline(block.caption) }]),
        table(
          block.head.map(({ text }) => inline(text)),
          block.rows.map((row) => row.map(inline)),
          block.head.map(({ numbers }) => (numbers ? 'right' : 'left')),
        ),
      ];
    case 'plot':
      return plotAddress === null
        ? []
        : [
            paragraph([{ type: 'image', url: plotAddress(block.id), alt: plain(block.alternative) }]),
            paragraph([{ type: 'emphasis', children: inline(block.caption) }]),
            paragraph(
              block.commands.flatMap((command, i) => [
                text(i === 0 ? 'Drawn from: ' : ', '),
                { type: 'inlineCode', value: command } as const,
              ]),
            ),
          ];
  }
}

function appendixNodes(numbers: readonly Numbered[], made: Made): RootContent[] {
  return [
    heading(2, APPENDIX.title),
    paragraph([text(APPENDIX.about)]),
    ...appendixOf(numbers).flatMap(({ command, values }): RootContent[] => [
      paragraph([{ type: 'inlineCode', value: command }]),
      table(
        [[text('Number')], [text('jq')], [text('Value')]],
        values.map(({ id, jq, value }) => [
          [{ type: 'html', value: `<a id="${id}"></a>` }, text(id)],
          [{ type: 'inlineCode', value: jq }],
          [{ type: 'inlineCode', value }],
        ]),
        ['left', 'left', 'right'],
      ),
    ]),
    heading(2, APPENDIX.made),
    table(
      [[text('Of')], [text('Which')], [text('Up to')]],
      madeRows(made).map((row) => row.map((cell) => [text(cell)])),
      ['left', 'left', 'left'],
    ),
  ];
}

const text = (value: string) => ({ type: 'text', value }) as const;
const plain = ({ parts }: Prose) =>
  parts.map((part) => (typeof part === 'string' ? part : 'name' in part ? part.name : shown(part))).join('');
const paragraph = (children: PhrasingContent[]): Paragraph => ({ type: 'paragraph', children });
const heading = (depth: 1 | 2, value: string): RootContent => ({
  type: 'heading',
  depth,
  children: [text(value)],
});

function table(
  head: PhrasingContent[][],
  rows: PhrasingContent[][][],
  align: ('left' | 'right')[],
): RootContent {
  const row = (cells: PhrasingContent[][]): TableContent => ({
    type: 'tableRow',
    children: cells.map((children) => ({ type: 'tableCell', children })),
  });
  return { type: 'table', align, children: [row(head), ...rows.map(row)] };
}
