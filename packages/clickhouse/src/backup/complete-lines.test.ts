import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { CompleteLines } from './complete-lines.ts';

async function through(text: string, size: number): Promise<{ text: string; lines: number }> {
  const bytes = Buffer.from(text);
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
    bytes.subarray(i * size, (i + 1) * size),
  );
  const lines = new CompleteLines('.end\n');
  const all = await buffer(Readable.from(pieces, { objectMode: false }).pipe(lines));
  return { text: all.toString(), lines: lines.lines };
}

describe('CompleteLines', () => {
  it.each([1, 2, 3, 5, 7, 100])(
    'counts lines and takes off the mark, in pieces of %i bytes',
    async (size) => {
      expect(await through('a\tb\n\nc\t.end\n.end\n', size)).toEqual({ text: 'a\tb\n\nc\t.end\n', lines: 3 });
      expect(await through('.end\n', size)).toEqual({ text: '', lines: 0 });
    },
  );

  it.each(['', 'a\n', 'a\n.en', 'a\n.end', 'a\n.end\nb\n', 'a.end\n'])(
    'refuses %j, which broke off',
    async (text) => {
      for (const size of [1, 100]) await expect(through(text, size)).rejects.toThrow('broke off');
    },
  );
});
