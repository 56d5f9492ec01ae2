import { createAlert, decode } from '@tocsin/domain';

/** One message of a file and where it stands: a line of a text, counted from 1, or null for the whole file. */
export interface FileMessage {
  readonly value: Buffer;
  readonly line: number | null;
}

const HEX = /^[\s0-9A-Fa-f]+$/;
const SNIFFED = 4096;

/** Takes a file apart into messages: hex text, JSON or JSON lines, XML, or one binary message. */
export function splitFile(bytes: Buffer): FileMessage[] {
  const lead = bytes.subarray(0, SNIFFED).toString('latin1').trimStart();
  if (HEX.test(lead)) return splitHex(bytes);
  if (lead.startsWith('{')) return splitJson(bytes);
  return [{ value: bytes, line: null }];
}

/** Whether this line is a JSON object by itself. */
export function isJsonLine(line: string): boolean {
  if (!line.trimStart().startsWith('{')) return false;
  try {
    return typeof JSON.parse(line) === 'object';
  } catch {
    return false;
  }
}

/** A message may be wrapped over several lines, or each line may be one: what decodes tells which. */
function splitHex(bytes: Buffer): FileMessage[] {
  const text = bytes.toString('latin1');
  if (!HEX.test(text)) return [{ value: bytes, line: null }];
  const whole = [{ value: fromHex(text), line: null }];
  const lines = numbered(text).map(({ text: line, number }) => ({ value: fromHex(line), line: number }));
  if (lines.length === 1 || decodes(whole[0]!.value)) return whole;
  return lines.some(({ value }) => decodes(value)) ? lines : whole;
}

/** JSON lines where any line is an object by itself, else one object over all lines. */
function splitJson(bytes: Buffer): FileMessage[] {
  const lines = numbered(bytes.toString());
  if (lines.length === 1 || !lines.some(({ text }) => isJsonLine(text)))
    return [{ value: bytes, line: null }];
  return lines.map(({ text, number }) => ({ value: Buffer.from(text), line: number }));
}

function numbered(text: string): { text: string; number: number }[] {
  return text
    .split('\n')
    .map((line, index) => ({ text: line, number: index + 1 }))
    .filter(({ text: line }) => line.trim() !== '');
}

function decodes(value: Buffer): boolean {
  return decode(value, 0, createAlert()) === null;
}

function fromHex(text: string): Buffer {
  return Buffer.from(text.replace(/\s/g, ''), 'hex');
}
