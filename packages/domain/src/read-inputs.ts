import { splitGbcs } from './gbcs/read.ts';

/** One message found in a file, or what kept it from being one; `where` is for people: `line 3`. */
export type Input = { where: string; value: Buffer } | { where: string; fault: string };

const HEX_DIGIT = /[0-9A-Fa-f]/;
const NOT_HEX = /[^0-9A-Fa-f\s]/;
/** The two ways in which a GBCS message begins. */
const GBCS_START = /^\s*d\s*[df]/i;
const TEXT = /^[\t\n\r\x20-\x7e]*$/;

/** Between two DUIS responses: after the end of one, before what may begin another. */
const BETWEEN_RESPONSES = /(?<=<\/(?:[\w.-]+:)?Response\s*>)\s*(?=<[?\w])/;

/**
 * Splits a file into messages by what it looks like: binary GBCS or DUIS XML (one message, or several end to
 * end), JSON (one object over several lines, or one a line), hex text (messages laid out over lines in any
 * way). Anything else is one message, for the decoder to judge.
 */
export function readInputs(bytes: Buffer): Input[] {
  const whole = [{ where: 'offset 0', value: bytes }];
  if (bytes[0] === 0xdd || bytes[0] === 0xdf) return messagesFrom(splitGbcs(bytes) ?? [bytes]);
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  const first = text.trimStart()[0] ?? '';
  if (first === '{') return isJson(linesOf(text)[0]!.line) || !isJson(text) ? messageLines(text) : whole;
  if (first === '<' && BETWEEN_RESPONSES.test(text)) {
    // By Latin-1, which keeps every byte, be it UTF-8 or not.
    return messagesFrom(
      bytes
        .toString('latin1')
        .split(BETWEEN_RESPONSES)
        .map((xml) => Buffer.from(xml, 'latin1')),
    );
  }
  if (HEX_DIGIT.test(first) && TEXT.test(text)) return readHex(text);
  return whole;
}

function messagesFrom(values: Buffer[]): Input[] {
  return values.map((value, i) => ({ where: values.length === 1 ? 'offset 0' : `message ${i + 1}`, value }));
}

function messageLines(text: string): Input[] {
  return linesOf(text).map(({ where, line }) => ({
    where,
    value: Buffer.from(line),
  }));
}

/** Lines may be messages, parts of one, or hold several: what the bytes say comes first. */
function readHex(text: string): Input[] {
  const lines = linesOf(text);
  const joined = fromHex('line 1', text);
  const messages = 'value' in joined ? splitGbcs(joined.value) : null;
  if (messages !== null && messages.length > 1) {
    let start = 0;
    return messages.map((value) => {
      const where = lineAt(lines, start);
      start += 2 * value.length;
      return { where, value };
    });
  }
  const starts = lines.filter(({ line }) => GBCS_START.test(line)).length;
  return messages !== null || starts < 2 ? [joined] : lines.map(({ where, line }) => fromHex(where, line));
}

/** The line that holds the hex digit of this number, counted over all lines. */
function lineAt(lines: { where: string; line: string }[], digit: number): string {
  let before = 0;
  const found = lines.find(({ line }) => {
    before += line.replace(/\s+/g, '').length;
    return digit < before;
  });
  return found!.where;
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
