import { describe, expect, it } from 'vitest';
import { type Input, readInputs } from './read-inputs.ts';
import { duisFixtures, gbcsVector, gbcsVectors, sampleJson } from './testing/samples.ts';

const DLMS = gbcsVector('GNCA-DLMS');
const SIGNED = gbcsVector('GCA-DLMS');
const ROWS = /.{1,32}/g;

function read(text: string): Input[] {
  return readInputs(Buffer.from(text));
}

describe('readInputs', () => {
  it.each([...gbcsVectors()])('%s, binary and as hex in any layout', (_, bytes) => {
    const hex = bytes.toString('hex');
    expect(readInputs(bytes)).toEqual([{ where: 'offset 0', value: bytes }]);
    for (const text of [
      hex,
      `${hex.toUpperCase()}\r\n`,
      `\uFEFF \n${hex}`,
      hex.match(/../g)!.join(' '),
      hex.match(ROWS)!.join('\n'),
      hex.match(ROWS)!.join('\r\n  '),
    ]) {
      expect(read(text)).toEqual([{ where: 'line 1', value: bytes }]);
    }
  });

  it('takes several lines of hex for several messages where each is one', () => {
    expect(read(`${DLMS.toString('hex')}\n\n${SIGNED.toString('hex')}\n`)).toEqual([
      { where: 'line 1', value: DLMS },
      { where: 'line 3', value: SIGNED },
    ]);
  });

  it('finds messages that stand end to end, as cat leaves them', () => {
    const hex = DLMS.toString('hex') + SIGNED.toString('hex');
    expect(read(`${hex}\n${DLMS.toString('hex')}`)).toEqual([
      { where: 'line 1', value: DLMS },
      { where: 'line 1', value: SIGNED },
      { where: 'line 2', value: DLMS },
    ]);
    expect(readInputs(Buffer.concat([DLMS, SIGNED]))).toEqual([
      { where: 'message 1', value: DLMS },
      { where: 'message 2', value: SIGNED },
    ]);
    const xml = [...duisFixtures().values()];
    const found = readInputs(Buffer.concat(xml)).map(
      (input) => 'value' in input && input.value.toString().trim(),
    );
    expect(found).toEqual(xml.map((each) => each.toString().trim()));
  });

  it('leaves what only begins with a message to the decoder', () => {
    const bytes = Buffer.concat([DLMS, Buffer.from('x')]);
    expect(readInputs(bytes)).toEqual([{ where: 'offset 0', value: bytes }]);
    expect(read(bytes.toString('hex'))).toEqual([{ where: 'line 1', value: bytes }]);
  });

  it('takes lines that begin like messages for one message where they are one', () => {
    const hex = DLMS.toString('hex');
    // The grouping header begins with DF in the middle of this message.
    const split = hex.indexOf('df09');
    expect(read(`${hex.slice(0, split)}\n${hex.slice(split)}`)).toEqual([{ where: 'line 1', value: DLMS }]);
  });

  it.each([
    ['df0', 'line 1', 'found 3 digits'],
    ['df09\nzz', 'line 1', 'found "z" in column 1'],
    ['df 09 0x', 'line 1', 'found "x" in column 8'],
    [`${DLMS.toString('hex')}\ndf0g`, 'line 2', 'found "g" in column 4'],
  ])('names what is wrong with "%s"', (text, where, fault) => {
    const wrong = read(text).find((input) => 'fault' in input);
    expect(wrong).toEqual({ where, fault: expect.stringContaining(fault) });
  });

  it('takes JSON a line, or over several lines', () => {
    const line = JSON.stringify(sampleJson());
    expect(read(`${line}\n\n${line}\r\n`)).toEqual([
      { where: 'line 1', value: Buffer.from(line) },
      { where: 'line 3', value: Buffer.from(line) },
    ]);
    expect(read(line)).toEqual([{ where: 'line 1', value: Buffer.from(line) }]);
    const pretty = JSON.stringify(sampleJson(), null, 2);
    expect(read(pretty)).toEqual([{ where: 'offset 0', value: Buffer.from(pretty) }]);
  });

  it('keeps a broken line of JSON for the decoder to judge, and those after it', () => {
    const line = JSON.stringify(sampleJson());
    expect(read(`{"requestId":\n${line}`)).toEqual([
      { where: 'line 1', value: Buffer.from('{"requestId":') },
      { where: 'line 2', value: Buffer.from(line) },
    ]);
  });

  it('takes XML, and what it does not know, for one message', () => {
    for (const xml of duisFixtures().values())
      expect(readInputs(xml)).toEqual([{ where: 'offset 0', value: xml }]);
    for (const bytes of [Buffer.alloc(0), Buffer.from('hello'), Buffer.from([0xff, 0, 1])]) {
      expect(readInputs(bytes)).toEqual([{ where: 'offset 0', value: bytes }]);
    }
  });
});
