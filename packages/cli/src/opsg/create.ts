import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DataVersion, publish, readDataVersion, type Store } from '@tocsin/clickhouse';
import {
  askerOf,
  citationOf,
  type Document,
  draw,
  gather,
  type Made,
  type Numbered,
  numbersOf,
  type Period,
  plotsOf,
  shown,
  toHtmlText,
  toMarkdownText,
  write,
} from '@tocsin/document';
import { progressBar } from '../progress-bar.ts';

/** A document, what it was made of, and its period. */
export interface Created {
  readonly document: Document;
  readonly made: Made & { readonly of: DataVersion };
  readonly period: Period;
}

/** Asks the store all that the document tells of. The data version is read first: what comes meanwhile came after it. */
export async function create(store: Store, group: string, period: Period, now: number): Promise<Created> {
  const made = { at: new Date(now).toISOString(), of: await readDataVersion(store) };
  const bar = progressBar({ unit: 'questions' });
  let of = Number.POSITIVE_INFINITY;
  const asker = askerOf(store, (answered) => bar.show(answered, of));
  try {
    const gathered = await gather(asker, period, (questions) => {
      of = questions;
    });
    return { document: write(gathered, group, now), made, period };
  } finally {
    bar.end();
  }
}

/** Markdown, HTML and a file for each plot; gives their paths. */
export async function writeFiles({ document, made }: Created, folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const plots = plotsOf(document).map((plot) => ({ name: plotFile(document, plot.id), text: draw(plot) }));
  const files = [
    { name: `${document.name}.md`, text: toMarkdownText(document, made, (id) => plotFile(document, id)) },
    { name: `${document.name}.html`, text: toHtmlText(document, made, draw) },
    ...plots,
  ];
  for (const { name, text } of files) await writeFile(join(folder, name), text);
  return files.map(({ name }) => join(folder, name));
}

const plotFile = ({ name }: Document, id: string) => `${name}-${id}.svg`;

/** Plots are drawn from the numbers' own questions, and so are left out of what is printed and published. */
export const markdownOf = ({ document, made }: Created): string => toMarkdownText(document, made, null);

/** Publishes it under its name; gives the revision. */
export function publishCreated(store: Store, created: Created, by: string): Promise<number> {
  const { document, made, period } = created;
  return publish<readonly Numbered[]>(store, {
    name: document.name,
    begins: period.from,
    ends: period.to,
    by,
    dataVersion: made.of,
    numbers: numbersOf(document),
    markdown: markdownOf(created),
  });
}

/** As a script takes it. */
export const jsonOf = ({ document, made }: Created) => ({
  name: document.name,
  group: document.group,
  from: document.from,
  to: document.to,
  madeAt: made.at,
  dataVersion: made.of,
  numbers: numbersOf(document).map(({ id, value, unit, query }) => ({
    ...{ id, value, unit, shown: shown({ value, unit }), query, command: citationOf(query) },
  })),
});
