import { gzipSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import { useClickHouse } from '../support/embedded-clickhouse.ts';

const server = useClickHouse();
const { sql, post } = server;
const get = (path: string, init: RequestInit = {}) => fetch(`${server.clickhouse.url}${path}`, init);
const query = (statement: string) => get(`/?query=${encodeURIComponent(statement)}`);

describe('routes', () => {
  test.each(['/', '/ping', '/replicas_status'])('%s is a health check', async (path) => {
    expect(await (await get(path)).text()).toBe('Ok.\n');
  });

  test('an unknown path, an unknown method', async () => {
    const unknown = await get('/nope');
    expect(unknown.status).toBe(404);
    expect(await unknown.text()).toMatch(/^There is no handle \/nope\n/);
    expect((await get('/', { method: 'PUT', body: 'SELECT 1' })).status).toBe(501);
    expect((await get('/', { method: 'OPTIONS' })).status).toBe(204);
  });

  test('a query in the URL, the body, or both', async () => {
    expect(await (await query('SELECT 1')).text()).toBe('1\n');
    expect(await sql('SELECT 2')).toBe('2\n');
    expect(await sql('1 + 2', { query: 'SELECT' })).toBe('3\n');
    expect((await get('/?query=SELECT%201', { method: 'HEAD' })).headers.get('x-clickhouse-format')).toBe(
      'TabSeparated',
    );
  });
});

describe('formats', () => {
  test('every output format gives what the engine formats, under its content type', async () => {
    const table = await sql('SELECT name, content_type FROM system.formats WHERE is_output ORDER BY name');
    const formats = table
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t') as [string, string]);
    expect(formats.length).toBeGreaterThan(80);
    // These need a schema, a single column of one kind, or a server of another protocol behind them.
    const special =
      /^(Protobuf|CapnProto|Template|MySQLWire|PostgreSQLWire|ODBCDriver2|Npy|AvroConfluent|PNG|Prometheus|GeoJSON|Hash|Buffers|RawBLOB)/;
    for (const [name, contentType] of formats) {
      const response = await post(`SELECT number AS a, toString(number) AS b FROM numbers(3) FORMAT ${name}`);
      const body = new Uint8Array(await response.arrayBuffer());
      if (special.test(name) && response.status !== 200) continue;
      expect([name, response.status]).toEqual([name, 200]);
      expect([name, response.headers.get('content-type')]).toEqual([name, contentType]);
      expect(response.headers.get('x-clickhouse-format')).toBe(name);
      expect([name, body.length > 0 || name === 'Null']).toEqual([name, true]);
    }
  });

  test('Native of one number is that, byte for byte', async () => {
    const body = Buffer.from(await (await post('SELECT 1 FORMAT Native')).arrayBuffer());
    expect(body.toString('latin1')).toBe('\x01\x01\x011\x05UInt8\x01');
  });

  test('Parquet has its marks, and comes back in', async () => {
    const body = new Uint8Array(
      await (await post('SELECT number AS a FROM numbers(1000) FORMAT Parquet')).arrayBuffer(),
    );
    expect(Buffer.from(body.subarray(0, 4)).toString()).toBe('PAR1');
    expect(Buffer.from(body.subarray(-4)).toString()).toBe('PAR1');
    await sql('CREATE TABLE from_parquet (a UInt64) ENGINE = Memory');
    expect((await post(body, { query: 'INSERT INTO from_parquet FORMAT Parquet' })).status).toBe(200);
    expect(await sql('SELECT count(), sum(a) FROM from_parquet')).toBe('1000\t499500\n');
  });

  test('EXPLAIN AST gives the statement as it is', async () => {
    const ast = await sql('EXPLAIN AST SELECT 1');
    expect(ast).toMatch(/^SelectWithUnionQuery/);
    expect(ast).not.toContain('tocsin');
  });

  test('the default format comes from the URL, a header, or is TabSeparated; FORMAT goes over all', async () => {
    expect(await sql("SELECT 1, 'a'", { default_format: 'CSV' })).toBe('1,"a"\n');
    expect(await (await post("SELECT 1, 'a'", {}, { 'x-clickhouse-format': 'CSV' })).text()).toBe('1,"a"\n');
    expect(await sql("SELECT 1, 'a'")).toBe('1\ta\n');
    expect(await sql("SELECT 1, 'a' FORMAT TSV", { default_format: 'CSV' })).toBe('1\ta\n');
  });
});

describe('errors', () => {
  test.each([
    ['SELECT 1 +', 400, 62, 'SYNTAX_ERROR'],
    ['', 400, 62, 'SYNTAX_ERROR'],
    ['é', 400, 62, 'SYNTAX_ERROR'],
    ["'abc", 400, 62, 'SYNTAX_ERROR'],
    ['\\ SELECT 1', 400, 62, 'SYNTAX_ERROR'],
    ['SELECT 1; SELECT 2', 400, 62, 'SYNTAX_ERROR'],
    ["SELECT toUInt8('x')", 400, 6, 'CANNOT_PARSE_TEXT'],
    ['SELECT * FROM nope', 404, 60, 'UNKNOWN_TABLE'],
    ['SELECT * FROM nope.nope', 404, 81, 'UNKNOWN_DATABASE'],
    ['SELECT nope(1)', 404, 46, 'UNKNOWN_FUNCTION'],
    ['SELECT 1 FORMAT Nope', 404, 73, 'UNKNOWN_FORMAT'],
    ['SELECT throwIf(1)', 500, 395, 'FUNCTION_THROW_IF_VALUE_IS_NON_ZERO'],
    ["SELECT 1 INTO OUTFILE '/tmp/tocsin'", 500, 358, 'INTO_OUTFILE_NOT_ALLOWED'],
  ])('%j', async (statement, status, code, type) => {
    const response = await post(statement);
    const text = await response.text();
    expect([response.status, response.headers.get('x-clickhouse-exception-code')]).toEqual([
      status,
      String(code),
    ]);
    expect(text).toMatch(
      new RegExp(`^Code: ${code}\\. DB::Exception: .*\\(${type}\\) \\(version [\\d.]+\\)\\n$`, 's'),
    );
    expect(text.match(/DB::Exception/g)).toHaveLength(1);
  });

  test.each([
    'SELECT 1 2 3',
    'SELECT 1 FORMAT',
    "SELECT 'not closed",
    "SELECT 1 COMPRESSION 'gzip'",
    'INSERT INTO nowhere (a,,) VALUES (1)',
  ])('%j: the fault tells of the statement as it was sent', async (statement) => {
    const text = await (await post(statement)).text();
    expect(text).toMatch(/^Code: 62\. /);
    expect(text).not.toMatch(/OUTFILE '|APPEND FORMAT|INFILE '/);
  });

  test('a GET must not write, and says why', async () => {
    await sql('CREATE TABLE kept (a Int8) ENGINE = Memory');
    for (const statement of [
      'INSERT INTO kept VALUES (1)',
      'DROP TABLE kept',
      'CREATE TABLE other (a Int8) ENGINE = Memory',
      "INSERT INTO FUNCTION file('/nowhere/at/all', 'CSV', 'a Int8') SELECT 1",
      'WITH 1 AS a INSERT INTO kept SELECT a',
      'KILL QUERY WHERE 1',
    ]) {
      const response = await query(statement);
      expect(response.headers.get('x-clickhouse-exception-code')).toBe('164');
      expect(await response.text()).toContain('method GET implies readonly');
    }
    expect(await sql("SELECT name FROM system.tables WHERE name IN ('kept', 'other')")).toBe('kept\n');
  });

  test('in the middle of a result: a marked block, and a body that breaks off', async () => {
    const statement = 'SELECT throwIf(number = 3000000), number FROM numbers(9000000)';
    const response = await post(statement, {}, { 'accept-encoding': 'identity' });
    expect(response.status).toBe(200);
    const tag = response.headers.get('x-clickhouse-exception-tag');
    let text = '';
    const read = async () => {
      const decoder = new TextDecoder();
      for await (const chunk of response.body!) text = (text + decoder.decode(chunk)).slice(-4096);
    };
    await expect(read()).rejects.toThrow('terminated');
    const [, message = '', length] =
      new RegExp(
        `\\r\\n__exception__\\r\\n${tag}\\r\\n([^]*\\n)(\\d+) ${tag}\\r\\n__exception__\\r\\n$`,
      ).exec(text) ?? [];
    expect(message).toMatch(/^Code: 395\. /);
    expect(Number(length)).toBe(Buffer.byteLength(message));
  });
});

describe('headers', () => {
  test('summary, query id, time zone, name', async () => {
    const { headers } = await post('SELECT * FROM numbers(10)', {
      query_id: 'my-id',
      default_format: 'JSON',
    });
    expect(headers.get('x-clickhouse-query-id')).toBe('my-id');
    expect(headers.get('x-clickhouse-timezone')).toBe((await sql('SELECT timezone()')).trim());
    expect(headers.get('x-clickhouse-server-display-name')).not.toBeNull();
    const summary = JSON.parse(headers.get('x-clickhouse-summary')!);
    expect(summary).toMatchObject({ read_rows: '10', written_rows: '0' });
    expect(Object.values(summary).every((value) => typeof value === 'string')).toBe(true);
    expect(Number(summary.elapsed_ns)).toBeGreaterThan(0);
  });

  test('an insert says what it wrote, and has an empty body', async () => {
    await sql('CREATE TABLE written (a UInt64) ENGINE = Memory');
    const response = await post('1\n2\n3\n', { query: 'INSERT INTO written FORMAT TSV' });
    expect(await response.text()).toBe('');
    const expected = { read_rows: '3', written_rows: '3', written_bytes: '24' };
    expect(JSON.parse(response.headers.get('x-clickhouse-summary')!)).toMatchObject(expected);
  });

  test.each(['gzip', 'deflate', 'br'])('answers in %s when asked to, else plainly', async (encoding) => {
    const ask = (parameters: Record<string, string>, accept: string) =>
      post('SELECT number FROM numbers(500000)', parameters, { 'accept-encoding': accept });
    const packed = await ask({ enable_http_compression: '1' }, encoding);
    expect(packed.headers.get('content-encoding')).toBe(encoding);
    expect((await packed.text()).length).toBe(3_388_890);
    for (const plain of [
      await ask({ enable_http_compression: '0' }, encoding),
      await ask({}, 'identity, foo'),
    ]) {
      expect(plain.headers.get('content-encoding')).toBeNull();
      expect((await plain.text()).length).toBe(3_388_890);
    }
  });
});

describe('parameters and settings', () => {
  test('values are substituted by the engine, in the escaping of TabSeparated', async () => {
    const injection = "x'; DROP TABLE y --";
    expect(await sql('SELECT {s:String}', { param_s: injection })).toBe("x\\'; DROP TABLE y --\n");
    expect(await sql('SELECT length({s:String})', { param_s: 'a\\tb\\\\' })).toBe('4\n');
    expect(
      await sql('SELECT {a:Array(String)}, {n:Nullable(Int8)}', { param_a: "['x','y']", param_n: '\\N' }),
    ).toBe("['x','y']\t\\N\n");
    expect(await sql('SELECT {i:Identifier} FROM (SELECT 7 AS x)', { param_i: 'x' })).toBe('7\n');
    expect(await sql('SELECT {s:UInt8}', { param_s: 'x' })).toMatch(/^Code: 457/);
    expect(await sql('SELECT {s:String}')).toMatch(/^Code: 456/);
  });

  test('settings and database hold for their query only', async () => {
    const now = "SELECT getSetting('max_threads'), currentDatabase(), getSetting('log_comment')";
    const before = await sql(now);
    expect(await sql(now, { max_threads: '3', database: 'system', log_comment: "it's" })).toBe(
      "3\tsystem\tit\\'s\n",
    );
    expect(await sql(now)).toBe(before);
    expect((await post(now, { database: 'nope' })).status).toBe(404);
    expect(await sql('SELECT 1', { nope: '1' })).toMatch(
      /^Code: 115\. DB::Exception: Unknown setting 'nope'/,
    );
    expect(await sql('SELECT number FROM numbers(9)', { max_result_rows: '5' })).toMatch(/^Code: 396/);
  });

  test('a session keeps its tables and its SET, not the settings of one query', async () => {
    const session_id = 'a-session';
    await sql('CREATE TEMPORARY TABLE mine (a Int8)', { session_id });
    await sql('INSERT INTO mine VALUES (1), (2)', { session_id });
    await sql('SET max_threads = 5', { session_id });
    expect(await sql("SELECT getSetting('max_threads')", { session_id, max_threads: '2' })).toBe('2\n');
    expect(await sql("SELECT getSetting('max_threads'), sum(a) FROM mine", { session_id })).toBe('5\t3\n');
    expect(await sql('SELECT * FROM mine')).toMatch(/^Code: 60/);
    expect(await sql('SELECT 1', { session_id: 'none', session_check: '1' })).toMatch(/^Code: 372/);
    const slow = post('SELECT sleep(1)', { session_id });
    await vi.waitFor(async () => expect(await sql('SELECT 1', { session_id })).toMatch(/^Code: 373/));
    await slow;
  });

  test('tables sent along with a query', async () => {
    const form = new FormData();
    form.set('data', new Blob(['1\ta\n2\tb\n']));
    const url = `${server.clickhouse.url}/?query=SELECT+sum(n),+max(s)+FROM+data&data_structure=n+UInt8,+s+String`;
    expect(await (await fetch(url, { method: 'POST', body: form })).text()).toBe('3\tb\n');
    expect(await (await fetch(url.replace(/&.*/, ''), { method: 'POST', body: form })).text()).toMatch(
      /^Code: 36\..*data_structure/,
    );
  });
});

describe('inserts', () => {
  test('in text formats, from URL and body, plain and compressed', async () => {
    await sql('CREATE TABLE texts (a UInt64, b String) ENGINE = Memory');
    const into = (format: string) => ({ query: `INSERT INTO texts FORMAT ${format}` });
    const bodies: [string, string][] = [
      ['TSV', '1\ta\\tb\n'],
      ['CSV', '1,"a\tb"\n'],
      ['CSVWithNames', 'b,a\n"a\tb",1\n'],
      ['TSVWithNames', 'b\ta\na\\tb\t1\n'],
      ['JSONEachRow', '{"a":1,"b":"a\\tb"}\n'],
      ['JSONCompactEachRow', '[1,"a\\tb"]\n'],
      ['Values', "(1, 'a\tb')"],
      ['TSKV', 'a=1\tb=a\\tb\n'],
    ];
    for (const [format, body] of bodies) {
      for (const [data, headers] of [
        [body, {}],
        [gzipSync(body), { 'content-encoding': 'gzip' }],
      ] as const)
        expect([format, await (await post(data, into(format), headers)).text()]).toEqual([format, '']);
      expect([format, await sql(`INSERT INTO texts FORMAT ${format}\n${body}`)]).toEqual([format, '']);
      expect([format, await sql('SELECT * FROM texts')]).toEqual([format, '1\ta\\tb\n'.repeat(3)]);
      await sql('TRUNCATE TABLE texts');
    }
    expect(await sql("INSERT INTO texts (a, b) VALUES (1, 'x'), (2, upper('y'))")).toBe('');
    expect(await sql("(3, 'z')", { query: 'INSERT INTO texts VALUES' })).toBe('');
    expect(
      await sql('4\tq\n', {
        query: "INSERT INTO texts SELECT a + 1, b FROM input('a UInt64, b String') FORMAT TSV",
      }),
    ).toBe('');
    expect(await sql('', { query: 'INSERT INTO texts FORMAT TSV' })).toBe('');
    expect(await sql('SELECT * FROM texts ORDER BY a')).toBe('1\tx\n2\tY\n3\tz\n5\tq\n');
  });

  test.each(['Native', 'RowBinary', 'Arrow', 'JSONEachRow', 'TSV'])(
    '%s of any size is one part',
    async (format) => {
      await sql('CREATE OR REPLACE TABLE parts (a UInt64, b String) ENGINE = MergeTree ORDER BY a');
      const select = (rows: number) =>
        post(`SELECT number AS a, repeat('x', 100) AS b FROM numbers(${rows}) FORMAT ${format}`);
      for (const rows of [10, 200_000]) {
        const data = new Uint8Array(await (await select(rows)).arrayBuffer());
        expect(
          await (await post(data, { query: `INSERT INTO parts FORMAT ${format}`, async_insert: '0' })).text(),
        ).toBe('');
        expect(await sql('SELECT count(), sum(a), uniqExact(_part) FROM parts')).toBe(
          `${rows}\t${(rows * (rows - 1)) / 2}\t1\n`,
        );
        await sql('TRUNCATE TABLE parts');
      }
    },
  );

  test('a token given in the URL makes a repeat count once, small or large', async () => {
    await sql(
      `CREATE TABLE once (a UInt64, b String) ENGINE = MergeTree ORDER BY a SETTINGS non_replicated_deduplication_window = 100`,
    );
    const bodies = {
      small: '1\tx\n',
      large: `${'2\tyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\n'.repeat(10_000)}`,
    };
    for (const [token, body] of Object.entries(bodies))
      for (const _ of [1, 2])
        await post(body, {
          query: 'INSERT INTO once FORMAT TSV',
          async_insert: '0',
          insert_deduplication_token: token,
        });
    expect(await sql('SELECT count() FROM once')).toBe('10001\n');
  });

  test('a bad row is refused with all of its insert', async () => {
    await sql('CREATE TABLE strict (a UInt8) ENGINE = Memory');
    for (const rows of [2, 50_000]) {
      const response = await post(`${'1\n'.repeat(rows)}x\n`, {
        query: 'INSERT INTO strict FORMAT TSV',
        async_insert: '0',
      });
      expect(response.status).toBe(400);
      const text = await response.text();
      expect(text).toMatch(/^Code: 27\./);
      expect(text).not.toContain('/run/');
    }
    expect(await sql('SELECT count() FROM strict')).toBe('0\n');
  });
});

describe('side by side', () => {
  test('a slow query does not hold up a fast one', async () => {
    const slow = Array.from({ length: 8 }, () => sql('SELECT sleep(2)'));
    const first = await Promise.race([...slow, sql("SELECT 'fast'")]);
    expect(first).toBe('fast\n');
    expect(await Promise.all(slow)).toEqual(Array(8).fill('0\n'));
  });

  test('more queries than can run at a time wait their turn', async () => {
    const answers = await Promise.all(Array.from({ length: 150 }, (_, i) => sql(`SELECT ${i}, sleep(0.02)`)));
    expect(answers).toEqual(answers.map((_, i) => `${i}\t0\n`));
  });

  test('a comment is seen in system.processes, and KILL QUERY goes by the id that was given', async () => {
    const endless = post('SELECT count() FROM numbers(1000000000000) WHERE NOT ignore(sipHash64(number))', {
      query_id: 'endless',
      log_comment: 'the endless one',
    });
    const seen = "SELECT Settings['log_comment'] FROM system.processes WHERE Settings['log_comment'] != ''";
    await vi.waitFor(async () => expect(await sql(seen)).toBe('the endless one\n'));
    expect(await sql('SELECT 1', { query_id: 'endless' })).toMatch(/^Code: 216/);
    expect(await sql("KILL QUERY WHERE query_id = 'endless' SYNC")).toMatch(/^finished\t/);
    expect(await (await endless).text()).toMatch(/^Code: 394/);
  });

  test.each([
    ['that computes', 'SELECT count() FROM numbers(1000000000000) WHERE NOT ignore(sipHash64(number))'],
    ['that streams', 'SELECT number FROM numbers(1000000000000)'],
  ])('a query %s ends when its client goes', async (_, statement) => {
    const gone = new AbortController();
    const response = fetch(server.clickhouse.url, { method: 'POST', body: statement, signal: gone.signal });
    const running =
      "SELECT count() FROM system.processes WHERE query LIKE '%1000000000000%' AND query NOT LIKE '%processes%'";
    await vi.waitFor(async () => expect(await sql(running)).toBe('1\n'));
    gone.abort();
    await expect(response.then((answer) => answer.text())).rejects.toThrow();
    await vi.waitFor(async () => expect(await sql(running)).toBe('0\n'), { timeout: 10_000 });
  });
});
