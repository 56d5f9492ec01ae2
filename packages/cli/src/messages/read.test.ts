import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { messagesOf } from './read.ts';

const ONE = '{"deviceId":"1"}';
const TWO = '{"deviceId":"2"}';

async function read(...chunks: (string | Buffer)[]): Promise<[number | null, string][]> {
  const found: [number | null, string][] = [];
  for await (const { value, line } of messagesOf(Readable.from(chunks.map((chunk) => Buffer.from(chunk))))) {
    found.push([line, value.toString('latin1')]);
  }
  return found;
}

describe('messagesOf', () => {
  it('takes JSON lines apart, wherever the chunks are cut, blank lines counted', async () => {
    const lines = [
      [1, ONE],
      [3, TWO],
    ];
    expect(await read(`${ONE}\n\n${TWO}\n`)).toEqual(lines);
    expect(await read('{"device', `Id":"1"}\n`, '\n{"de', 'viceId":"2"}')).toEqual(lines);
  });

  it('gives a JSON line as soon as it has arrived', async () => {
    const source = new Readable({ read() {} });
    source.push(`${ONE}\n`);
    const first = await messagesOf(source).next();
    expect(first.value).toMatchObject({ line: 1 });
  });

  it('takes lines also where the first one is broken, and each broken one alone', async () => {
    expect(await read(`{"broken\n${ONE}\nnothing\n`)).toEqual([
      [1, '{"broken'],
      [2, ONE],
      [3, 'nothing'],
    ]);
  });

  it('keeps an object over several lines whole', async () => {
    expect(await read('{\n  "deviceId":', '"1"\n}\n')).toEqual([[null, '{\n  "deviceId":"1"\n}\n']]);
  });

  it('reads hex text of either case, wrapped or not, and leaves out half a byte at the end', async () => {
    expect(await read('4142\n43 44 ')).toEqual([[null, 'ABCD']]);
    expect(await read('6a4B4')).toEqual([[null, 'jK']]);
  });

  it('leaves XML and binary as they are', async () => {
    expect(await read('<a>\n</a>')).toEqual([[null, '<a>\n</a>']]);
    expect(await read(Buffer.of(0xdf, 0x09, 0x0a, 0x03))).toEqual([[null, '\u00df\u0009\u000a\u0003']]);
    expect(await read()).toEqual([[null, '']]);
  });
});
