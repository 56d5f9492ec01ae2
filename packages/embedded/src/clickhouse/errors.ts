/** An exception as ClickHouse reports it: a number, a text, and the number's name. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly code: number;
  readonly type: string;
  readonly text: string;

  /** @param text with neither `Code: N. DB::Exception:` in front nor the name behind. */
  constructor(code: number, type: string, text: string) {
    super(`Code: ${code}. DB::Exception: ${text} (${type})`);
    this.code = code;
    this.type = type;
    this.text = text;
  }
}

const HEAD = /^Code: (\d+)\. DB::Exception: (?=(?:Code: (\d+)\. DB::Exception: )?)/;
const TAIL = / \([A-Z0-9_]+\) \(version [\d.]+\)\.(?= \([A-Z0-9_]+\)$)/;

/** Reads the engine's fault. A text that was wrapped again on its way out is shown once, as a server does. */
export function fromEngine(error: unknown): DatabaseError {
  if (error instanceof DatabaseError) return error;
  let message = (error instanceof Error ? error.message : String(error)).replace(/^Query failed: /, '');
  let head = HEAD.exec(message);
  if (!head) return new DatabaseError(1002, 'UNKNOWN_EXCEPTION', message);
  for (; head?.[2] === head?.[1] && head && TAIL.test(message); head = HEAD.exec(message))
    message = message.replace(HEAD, '').replace(TAIL, '');
  const [, text = message, type = 'UNKNOWN_EXCEPTION'] =
    /^Code: \d+\. DB::Exception: ([\s\S]*) \(([A-Z0-9_]+)\)$/.exec(message) ?? [];
  return new DatabaseError(Number(/\d+/.exec(message)?.[0]), type, text);
}

/** ClickHouse's own table, by the codes' names: exceptionCodeToHTTPStatus. */
const STATUS: Record<number, readonly number[]> = {
  // The statement can't be read, or its values don't fit.
  400: [
    6, 8, 15, 25, 26, 27, 36, 37, 38, 41, 44, 53, 62, 72, 117, 123, 167, 168, 223, 321, 376, 427, 441, 675,
    676,
  ],
  // REQUIRED_PASSWORD
  401: [194],
  // Unknown user, wrong password, access denied.
  403: [192, 193, 497, 512, 516],
  // Something that the statement names isn't there.
  404: [46, 47, 50, 56, 60, 63, 73, 78, 81, 115, 152, 336, 511],
  408: [159],
  411: [381],
  413: [229],
  415: [779],
  501: [48],
  503: [76, 209, 439],
};

const STATUS_OF = new Map(
  Object.entries(STATUS).flatMap(([status, codes]) => codes.map((code) => [code, Number(status)] as const)),
);

/** The HTTP status that a server gives to an exception's code: 500 unless it is listed. */
export function httpStatus(code: number): number {
  return STATUS_OF.get(code) ?? 500;
}
