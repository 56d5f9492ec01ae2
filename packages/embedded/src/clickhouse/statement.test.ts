import { describe, expect, test } from 'vitest';
import { parseInsert, parseStatement } from './statement.ts';

const outfile = (sql: string) => {
  const statement = parseStatement(sql);
  if (statement.kind !== 'rows') throw new Error(`${sql} is a ${statement.kind}`);
  return [`${statement.before}|${statement.after}`, statement.format];
};

describe('a statement that gives rows', () => {
  test.each([
    ['SELECT 1', 'SELECT 1|', null],
    ['  select 1 ;;  ', '  select 1|', null],
    ['SELECT 1 FORMAT JSON', 'SELECT 1 |FORMAT JSON', 'JSON'],
    ['SELECT 1 format tsv;', 'SELECT 1 |format tsv', 'tsv'],
    ['SELECT 1 SETTINGS max_threads=1 FORMAT CSV', 'SELECT 1 SETTINGS max_threads=1 |FORMAT CSV', 'CSV'],
    ["SELECT 1 FORMAT CSV SETTINGS a=1, b='x'", "SELECT 1 |FORMAT CSV SETTINGS a=1, b='x'", 'CSV'],
    ['SELECT 1 -- FORMAT JSON', 'SELECT 1|', null],
    ['SELECT 1 /* ; */ FORMAT XML -- ; SELECT 2', 'SELECT 1 /* ; */ |FORMAT XML', 'XML'],
    ["SELECT ' FORMAT JSON; ', `a;b`", "SELECT ' FORMAT JSON; ', `a;b`|", null],
    ["SELECT 'it\\'s', 'it''s;' FORMAT TSV", "SELECT 'it\\'s', 'it''s;' |FORMAT TSV", 'TSV'],
    ['SELECT $x$ ; FORMAT $x$', 'SELECT $x$ ; FORMAT $x$|', null],
    ['SELECT (SELECT format FROM x) AS format, 1', 'SELECT (SELECT format FROM x) AS format, 1|', null],
    ['WITH 1 AS x SELECT x', 'WITH 1 AS x SELECT x|', null],
    [
      'WITH t AS (SELECT 1) SELECT * FROM t FORMAT Native',
      'WITH t AS (SELECT 1) SELECT * FROM t |FORMAT Native',
      'Native',
    ],
    ['(SELECT 1) UNION ALL (SELECT 2) FORMAT TSV', '(SELECT 1) UNION ALL (SELECT 2) |FORMAT TSV', 'TSV'],
    ['-- note\nSHOW TABLES', '-- note\nSHOW TABLES|', null],
    ['EXPLAIN SELECT 1', 'EXPLAIN SELECT 1|', null],
    ['DESCRIBE TABLE x FORMAT JSON', 'DESCRIBE TABLE x |FORMAT JSON', 'JSON'],
  ])('%s', (sql, split, format) => expect(outfile(sql)).toEqual([split, format]));
});

test('EXPLAIN AST runs as it stands: what follows is what it explains', () => {
  expect(parseStatement('EXPLAIN AST SELECT 1')).toMatchObject({ kind: 'command', word: 'EXPLAIN' });
  expect(parseStatement('EXPLAIN SELECT 1')).toMatchObject({ kind: 'rows' });
});

test('a command runs as it stands, without what follows its end', () => {
  expect(parseStatement('CREATE TABLE t (a Int8) ENGINE = Memory; -- done')).toEqual({
    kind: 'command',
    word: 'CREATE',
    text: 'CREATE TABLE t (a Int8) ENGINE = Memory',
    format: null,
  });
  expect(parseStatement("KILL QUERY WHERE query_id='a' FORMAT JSON")).toMatchObject({
    word: 'KILL',
    format: 'JSON',
  });
  expect(parseStatement('INSERT INTO t SELECT * FROM u')).toMatchObject({ kind: 'command', word: 'INSERT' });
  expect(parseStatement('INSERT INTO t WITH 1 AS x SELECT x')).toMatchObject({ kind: 'command' });
});

describe('an insert with data', () => {
  const split = (sql: string) => {
    const insert = parseInsert(sql);
    return insert && [sql.slice(insert.dataAt), insert.fromFile("'p'")];
  };

  test.each([
    [
      'INSERT INTO t FORMAT TSV\n1\t2\n',
      '1\t2\n',
      "INSERT INTO t  FROM INFILE 'p' COMPRESSION 'none'  FORMAT TSV",
    ],
    [
      'INSERT INTO t FORMAT TSV\n\n1\n',
      '\n1\n',
      "INSERT INTO t  FROM INFILE 'p' COMPRESSION 'none'  FORMAT TSV",
    ],
    [
      'insert into t(a)values(1)',
      '(1)',
      "insert into t(a) FROM INFILE 'p' COMPRESSION 'none'  FORMAT Values",
    ],
    [
      'INSERT INTO d.t (a, `FORMAT`) SETTINGS x=1 FORMAT JSONEachRow {"a":1}',
      '{"a":1}',
      "INSERT INTO d.t (a, `FORMAT`)  FROM INFILE 'p' COMPRESSION 'none' SETTINGS x=1  FORMAT JSONEachRow",
    ],
    ['INSERT INTO t FORMAT CSV', '', "INSERT INTO t  FROM INFILE 'p' COMPRESSION 'none'  FORMAT CSV"],
  ])('%s', (sql, data, fromFile) => {
    const [found, file] = split(sql) ?? [];
    expect(found).toBe(data);
    expect(String(file).replace(/ +/g, ' ')).toBe(fromFile.replace(/ +/g, ' '));
  });

  test('through input() its data must come from a file, in its place', () => {
    const sql = "INSERT INTO t SELECT a + 1 FROM input('a UInt8') WHERE a > 0 FORMAT TSV\n1\n";
    expect(split(sql)).toEqual([
      '1\n',
      "INSERT INTO t SELECT a + 1 FROM file('p', TSV, 'a UInt8') WHERE a > 0 ",
    ]);
  });

  test('is not yet found in a head that ends too early', () => {
    expect(parseInsert('INSERT INTO t (a, b')).toBeNull();
    expect(parseInsert('INSERT INTO t FORMAT')).toBeNull();
  });
});

test.each([
  ['', 62, 'Empty query'],
  [' -- nothing\n;', 62, 'Empty query'],
  ['é', 62, 'failed at position 1: é'],
  [" ('abc", 62, "failed at position 3: 'abc"],
  ['SELECT 1; SELECT 2', 62, 'Multi-statements are not allowed'],
  ["SELECT 1 INTO OUTFILE '/tmp/x'", 358, 'INTO OUTFILE is not allowed'],
  ["INSERT INTO t FROM INFILE '/tmp/x' FORMAT TSV", 78, 'infile'],
])('%j is refused', (sql, code, text) => {
  expect(() => parseStatement(sql)).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(text) }),
  );
});
