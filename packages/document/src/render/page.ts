import type { Element, ElementContent } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';
import { STYLE } from './style.ts';

export interface Page {
  readonly title: string;
  readonly intro: string;
  readonly sections: readonly {
    readonly id: string;
    readonly title: string;
    readonly content: readonly Element[];
  }[];
}

/** One HTML file that needs nothing beside it and no script. */
export function pageText({ title, intro, sections }: Page): string {
  const page = h('html', { lang: 'en-GB' }, [
    h('head', [
      h('meta', { charSet: 'utf-8' }),
      h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      h('title', title),
      h('style', STYLE),
    ]),
    h('body', [
      h('header', [h('h1', title), h('p', intro)]),
      h('nav', { ariaLabel: 'Sections' }, [
        h(
          'ol',
          sections.map((one) => h('li', h('a', { href: `#${one.id}` }, one.title))),
        ),
      ]),
      h(
        'main',
        sections.map((one) =>
          h('section', { id: one.id, ariaLabelledBy: `${one.id}-title` }, [
            h('h2', { id: `${one.id}-title` }, one.title),
            ...one.content,
          ]),
        ),
      ),
    ]),
  ]);
  return `<!doctype html>\n${toHtml(page, { allowDangerousHtml: true })}\n`;
}

/** What is drawn is ours, with its texts escaped. */
export const svg = (value: string) => ({ type: 'raw', value }) as unknown as ElementContent;

export function tableOf(
  caption: string,
  head: readonly { readonly text: string; readonly numbers: boolean }[],
  rows: readonly (readonly string[])[],
): Element {
  const kind = (i: number) => (head[i]!.numbers ? { className: ['numbers'] } : {});
  return h('div.wide', [
    h('table', [
      h('caption', caption),
      h('thead', [
        h(
          'tr',
          head.map(({ text }, i) => h('th', { scope: 'col', ...kind(i) }, text)),
        ),
      ]),
      h(
        'tbody',
        rows.map((row) =>
          h(
            'tr',
            row.map((text, i) => h('td', kind(i), text)),
          ),
        ),
      ),
    ]),
  ]);
}
