import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAlert } from '../alert.ts';
import { encodeJson } from '../encode/json.ts';
import { sampleAlert, sampleJson } from '../testing/samples.ts';
import { readJson } from './read.ts';
import { recognise } from './recognise.ts';

/** Whether the fast path takes the bytes; if it does, the full reader must say the same. */
function fastPathTakes(bytes: Buffer): boolean {
  const fast = createAlert();
  const taken = recognise(bytes, fast);
  if (taken) {
    const full = createAlert();
    expect(readJson(bytes, full)).toBeNull();
    expect(fast).toEqual(full);
  }
  return taken;
}

function json(changes: Record<string, unknown>): Buffer {
  return Buffer.from(JSON.stringify({ ...sampleJson(), ...changes }));
}

describe('recognise', () => {
  it('takes what our own encoder writes', () => {
    const alert = sampleAlert({ count: 12 });
    const into = createAlert();
    expect(recognise(encodeJson(alert), into)).toBe(true);
    expect(into).toEqual(alert);
  });

  it('takes fields in any order, with spaces between, with target and count', () => {
    const changes = { target: '90-B3-D5-1F-30-01-00-00', throttledAlertCount: 4_294_967_295 };
    const message = { ...sampleJson(), ...changes };
    const reversed = Object.fromEntries(Object.entries(message).reverse());
    expect(fastPathTakes(Buffer.from(JSON.stringify(reversed)))).toBe(true);
    expect(fastPathTakes(Buffer.from(` ${JSON.stringify(message, null, '\t')}\r\n`))).toBe(true);
  });

  it('does not carry a count or message code over from the message before', () => {
    const into = sampleAlert({ count: 7, messageCode: 7, encoding: 'gbcs' });
    expect(recognise(json({}), into)).toBe(true);
    expect(into).toEqual(sampleAlert());
  });

  it.each([
    ['an unknown field', json({ note: 'x' })],
    ['a payload', json({ gbcsPayload: 'AAAA' })],
    ['an escape', Buffer.from(json({}).toString().replace('8F3E', '\\u0038F3E'))],
    ['a repeated field', Buffer.from(json({}).toString().replace('{', '{"alertCode":"8F3E",'))],
    ['a count written as 1e3', Buffer.from(json({}).toString().replace('}', ',"throttledAlertCount":1e3}'))],
    ['a null time', json({ raisedAt: null })],
    ['a missing field', json({ deviceId: undefined })],
    ['another target', json({ target: '90-B3-D5-1F-30-01-00-01' })],
    ['a comma too many', Buffer.from(json({}).toString().replace('}', ',}'))],
    ['something after it', Buffer.concat([json({}), Buffer.from('{}')])],
    ['nothing at all', Buffer.alloc(0)],
  ])('leaves %s to the full reader', (_, bytes) => expect(fastPathTakes(bytes)).toBe(false));

  it('agrees with the full reader on whatever it takes', () => {
    const fragments = [
      '"',
      ',',
      ':',
      '{',
      '}',
      ' ',
      '\\',
      '0',
      'e',
      'Z',
      '-',
      '\u0000',
      'é',
      'null',
      '99999',
    ];
    const base = json({ target: '90-B3-D5-1F-30-01-00-00', throttledAlertCount: 12 }).toString();
    let taken = 0;
    const edit = fc.tuple(
      fc.nat(base.length),
      fc.nat(3),
      fc.oneof(fc.constantFrom(...fragments), fc.constantFrom(...'0123456789ABCDEFabcdef')),
    );
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 3 }), (edits) => {
        let text = base;
        for (const [at, cut, put] of edits) text = text.slice(0, at) + put + text.slice(at + cut);
        if (fastPathTakes(Buffer.from(text))) taken++;
      }),
      { numRuns: 5000, seed: 3 },
    );
    expect(taken).toBeGreaterThan(500);
  });

  it('sees the same truth as the full reader for every alert that can be written', () => {
    const half = fc.integer({ min: 0, max: 0xffffffff });
    const moment = fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2299, 11, 31) });
    fc.assert(
      fc.property(
        half,
        half,
        half,
        half,
        moment,
        fc.integer({ min: 1, max: 0xffffffff }),
        (a, b, c, d, ms, n) => {
          const alert = sampleAlert({
            device: { hi: a, lo: b },
            originator: { hi: b, lo: c },
            target: { hi: c, lo: a },
            counterHi: d,
            counterLo: a,
            raisedAt: ms,
            count: n,
          });
          const into = createAlert();
          expect(recognise(encodeJson(alert), into)).toBe(true);
          expect(into).toEqual(alert);
          expect(fastPathTakes(encodeJson(alert))).toBe(true);
        },
      ),
    );
  });
});
