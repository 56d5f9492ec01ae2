import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { messagesOf } from './read.ts';

const ONE = '{"deviceId":"1"}';
const TWO = '{"deviceId":"2"}';

async function read(...chunks: (string | Buffer)[]): Promise<[string, string][]> {
  const found: [string, string][] = [];
  for await (const input of messagesOf(Readable.from(chunks.map((chunk) => Buffer.from(chunk))))) {
    found.push([input.where, 'value' in input ? input.value.toString('latin1') : input.fault]);
  }
  return found;
}

describe('messagesOf', () => {
  it('takes JSON lines apart, wherever the chunks are cut, blank lines counted', async () => {
    const lines = [
      ['line 1', ONE],
      ['line 3', TWO],
    ];
    expect(await read(`${ONE}\n\n${TWO}\n`)).toEqual(lines);
    expect(await read('{"device', `Id":"1"}\n`, '\n{"de', 'viceId":"2"}')).toEqual(lines);
  });

  it('gives a JSON line as soon as it has arrived', async () => {
    const source = new Readable({ read() {} });
    source.push(`${ONE}\n`);
    const first = await messagesOf(source).next();
    expect(first.value).toMatchObject({ where: 'line 1' });
  });

  it('keeps an object over several lines whole', async () => {
    expect(await read('{\n  "deviceId":', '"1"\n}\n')).toEqual([['offset 0', '{\n  "deviceId":"1"\n}\n']]);
  });

  it('reads hex text, and says what keeps it from being hex', async () => {
    expect(await read('4142\n43 44 ')).toEqual([['line 1', 'ABCD']]);
    expect(await read('41424')).toEqual([['line 1', 'not hex: expected two digits a byte, found 5 digits']]);
  });

  it('leaves XML and binary as they are', async () => {
    expect(await read('<a>\n</a>')).toEqual([['offset 0', '<a>\n</a>']]);
    expect(await read(Buffer.of(0xdf, 0x09, 0x0a, 0x03))).toEqual([['offset 0', '\u00df\u0009\u000a\u0003']]);
    expect(await read()).toEqual([['offset 0', '']]);
  });
});
