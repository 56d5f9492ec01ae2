import { createAlert } from './alert.ts';
import { MAX_MESSAGE_BYTES } from './decode.ts';
import { readGbcs } from './gbcs/read.ts';

/** One message found in a file, or what kept it from being one; `where` is for people: `line 3`. */
export type Input = { where: string; value: Buffer } | { where: string; fault: string };

const HEX_DIGIT = /[0-9A-Fa-f]/;
const NOT_HEX = /[^0-9A-Fa-f\s]/;
/** The two ways in which a GBCS message begins. */
const GBCS_START = /^\s*d\s*[df]/i;
const TEXT = /^[\t\n\r\x20-\x7e]*$/;

/**
 * Splits a file into messages by what it looks like: binary GBCS or XML (one message), JSON (one object over
 * several lines, or one a line), hex text (one message over any lines, or one a line). Anything else is one
 * message, for the decoder to judge.
 */
export function readInputs(bytes: Buffer): Input[] {
  const whole = [{ where: 'offset 0', value: bytes }];
  if (bytes[0] === 0xdd || bytes[0] === 0xdf) return whole;
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  const first = text.trimStart()[0] ?? '';
  if (first === '{') return isJson(linesOf(text)[0]!.line) || !isJson(text) ? messageLines(text) : whole;
  if (HEX_DIGIT.test(first) && TEXT.test(text)) return readHex(text);
  return whole;
}

function messageLines(text: string): Input[] {
  return linesOf(text).map(({ where, line }) => ({
    where,
    value: Buffer.from(line),
  }));
}

/** Whether lines are messages or parts of one, only the bytes can tell. */
function readHex(text: string): Input[] {
  const lines = linesOf(text);
  const starts = lines.filter(({ line }) => GBCS_START.test(line)).length;
  if (starts < 2 || isOneMessage(text)) return [fromHex('line 1', text)];
  return lines.map(({ where, line }) => fromHex(where, line));
}

function isOneMessage(text: string): boolean {
  const input = text.length <= 4 * MAX_MESSAGE_BYTES ? fromHex('', text) : { fault: 'too large' };
  return 'value' in input && readGbcs(input.value, createAlert()) === null;
}

function fromHex(where: string, text: string): Input {
  const wrong = NOT_HEX.exec(text);
  if (wrong) {
    const column = wrong.index - text.lastIndexOf('\n', wrong.index);
    return {
      where,
      fault: `not hex: expected hex digits, found ${JSON.stringify(wrong[0])} in column ${column}`,
    };
  }
  const digits = text.replace(/\s+/g, '');
  if (digits.length % 2 === 1) {
    return {
      where,
      fault: `not hex: expected two digits a byte, found ${digits.length} digits`,
    };
  }
  return { where, value: Buffer.from(digits, 'hex') };
}

function linesOf(text: string): { where: string; line: string }[] {
  return text
    .split('\n')
    .map((line, i) => ({ where: `line ${i + 1}`, line: line.trim() }))
    .filter(({ line }) => line !== '');
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
