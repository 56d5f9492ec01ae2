import { expect, test } from 'vitest';
import { DatabaseError, fromEngine, httpStatus } from './errors.ts';

test("the engine's text is kept, without the binding's own words", () => {
  const error = fromEngine(
    new Error("Query failed: Code: 60. DB::Exception: Table `a (b)` doesn't exist. (UNKNOWN_TABLE)"),
  );
  expect(error).toMatchObject({ code: 60, type: 'UNKNOWN_TABLE', text: "Table `a (b)` doesn't exist." });
  expect(error.message).toBe("Code: 60. DB::Exception: Table `a (b)` doesn't exist. (UNKNOWN_TABLE)");
});

test('a text that was wrapped again is shown once', () => {
  const once = 'Code: 73. DB::Exception: Unknown format Foo.';
  const twice = `Code: 73. DB::Exception: ${once} (UNKNOWN_FORMAT) (version 26.7.2.1). (UNKNOWN_FORMAT)`;
  const thrice = `Code: 73. DB::Exception: ${once.replace(/^/, 'Code: 73. DB::Exception: ')} (UNKNOWN_FORMAT) (version 26.7.2.1). (UNKNOWN_FORMAT) (version 26.7.2.1). (UNKNOWN_FORMAT)`;
  for (const text of [twice, thrice])
    expect(fromEngine(new Error(text)).message).toBe(`${once} (UNKNOWN_FORMAT)`);
});

test('a fault outside SQL has a code too', () => {
  expect(fromEngine(new Error('out of pipes'))).toMatchObject({ code: 1002, text: 'out of pipes' });
  const own = new DatabaseError(516, 'AUTHENTICATION_FAILED', 'no');
  expect(fromEngine(own)).toBe(own);
});

test.each([
  [62, 400],
  [27, 400],
  [194, 401],
  [516, 403],
  [60, 404],
  [81, 404],
  [159, 408],
  [229, 413],
  [48, 501],
  [76, 503],
  [241, 500],
  [164, 500],
])('code %i is HTTP %i', (code, status) => expect(httpStatus(code)).toBe(status));
