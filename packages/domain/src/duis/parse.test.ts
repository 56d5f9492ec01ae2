import { describe, expect, it } from 'vitest';
import { MAX_MESSAGE_BYTES } from '../decode.ts';
import type { RejectReason } from '../reject-reasons.ts';
import { duisFixtures } from '../testing/samples.ts';
import { DUIS_NAMESPACE } from './namespace.ts';
import { parseDuis } from './parse.ts';

const OPEN = `<Response xmlns="${DUIS_NAMESPACE}"`;
const BILLION_LAUGHS = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">${Array.from(
  { length: 9 },
  (_, i) => `<!ENTITY lol${i + 1} "${`&lol${i || ''};`.repeat(10)}">`,
).join('')}]>${OPEN}>&lol9;</Response>`;

/** As much of a piece as a message can hold. */
function full(piece: string): string {
  return piece.repeat(Math.floor((MAX_MESSAGE_BYTES - 200) / piece.length));
}

function numbered(count: number, attribute: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => attribute(i)).join(' ');
}

describe('hostile XML', () => {
  it.each<[string, RejectReason, string]>([
    ['entity bomb', 'xml-doctype', BILLION_LAUGHS],
    ['external entity', 'xml-doctype', `<!DOCTYPE x SYSTEM "file:///etc/passwd">${OPEN}/>`],
    ['document type in lower case', 'xml-doctype', `<!doctype x>${OPEN}/>`],
    ['document type that never ends', 'xml-doctype', `<!DOCTYPE x [${full('<!ENTITY a "b">')}`],
    ['entity of HTML', 'xml-syntax', `${OPEN}>&nbsp;</Response>`],
    ['entity of nobody', 'xml-syntax', `${OPEN}>&lol;</Response>`],
    ['character beyond Unicode', 'xml-syntax', `${OPEN}>&#x110000;</Response>`],
    ['prefix bound to nothing', 'xml-syntax', `<sr:Response/>`],
    ['deep nesting', 'xml-too-deep', `${OPEN}>${full('<a>')}`],
    ['many elements', 'xml-too-many', `${OPEN}>${full('<a/>')}</Response>`],
    ['many attributes', 'xml-too-many', `${OPEN} ${numbered(90_000, (i) => `a${i}=""`)}/>`],
    ['one attribute many times', 'xml-too-many', `${OPEN} ${full('a="" ')}/>`],
    [
      'namespaces times elements',
      'duis-not-an-alert',
      `${OPEN} ${numbered(990, (i) => `xmlns:a${i}="u:${i}"`)}>${'<b/>'.repeat(998)}</Response>`,
    ],
    ['open brackets', 'xml-syntax', full('<')],
    ['a name without end', 'xml-syntax', `<${full('a')}`],
    ['a comment without end', 'xml-syntax', `${OPEN}><!--${full('-x')}`],
    ['an instruction without end', 'xml-syntax', `${OPEN}><?x ${full('?x')}`],
    ['a CDATA section without end', 'xml-syntax', `${OPEN}><![CDATA[${full(']]')}`],
    ['a text of escapes', 'duis-not-an-alert', `${OPEN}>${full('&#65;')}</Response>`],
    ['an attribute of escapes', 'duis-not-an-alert', `${OPEN} a="${full('&amp;')}"/>`],
  ])('%s: %s, and does not hang', (_, reason, xml) => {
    const start = performance.now();
    expect(parseDuis(xml)).toBe(reason);
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it('keeps no state from one message to the next', () => {
    const alert = duisFixtures().get('device-alert.xml')!.toString();
    const before = parseDuis(alert);
    parseDuis(alert.slice(0, alert.length / 2));
    parseDuis(BILLION_LAUGHS);
    expect(parseDuis(alert)).toEqual(before);
  });
});
