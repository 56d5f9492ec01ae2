import { expect, test } from 'vitest';
import { throughTag } from './kill.ts';
import { identifier, literal } from './prepare.ts';
import { summary } from './summary.ts';

test('literals and identifiers can hold anything', () => {
  expect(literal("it's \\ ok")).toBe("'it\\'s \\\\ ok'");
  expect(identifier('a`b\\')).toBe('`a\\`b\\\\`');
});

test('a KILL QUERY goes by the ids that clients gave', () => {
  expect(throughTag("KILL QUERY WHERE query_id = 'query_id' SYNC")).toBe(
    "KILL QUERY WHERE if(Settings['query_cache_tag'] != '', Settings['query_cache_tag'], query_id) = 'query_id' SYNC",
  );
});

test('a summary has numbers as strings, and nanoseconds', () => {
  expect(JSON.parse(summary({ rowsRead: 3, bytesRead: 24, elapsed: 0.0015 }))).toMatchObject({
    read_rows: '3',
    read_bytes: '24',
    written_rows: '0',
    elapsed_ns: '1500000',
  });
});
