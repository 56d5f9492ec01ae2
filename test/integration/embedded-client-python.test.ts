import { describe, expect, test } from 'vitest';
import { useClickHouse } from '../support/embedded-clickhouse.ts';
import { hasPythonClient, withPythonClient } from '../support/python-client.ts';

describe.runIf(hasPythonClient)('clickhouse-connect', () => {
  const server = useClickHouse();
  const python = (script: string, options?: string) =>
    withPythonClient(server.clickhouse.url, script, options);

  test('queries, by Native, with parameters of both kinds', async () => {
    const script = `
rows = client.query('SELECT number, toString(number), [1, NULL], toDate(number) FROM numbers(3)').result_rows
bound = client.query('SELECT {a:Array(String)}, {s:String}, {d:DateTime}', parameters={'a': ["x'y", 'z'], 's': "it's \\\\ \\t", 'd': '2020-07-07 01:02:03'}).first_row
inline = client.query('SELECT %(s)s, %(n)s', parameters={'s': "it's", 'n': 5}).first_row
print(json.dumps([rows, bound, inline, client.server_version], default=str))`;
    expect(await python(script)).toEqual([
      [
        [0, '0', [1, null], '1970-01-01'],
        [1, '1', [1, null], '1970-01-02'],
        [2, '2', [1, null], '1970-01-03'],
      ],
      [["x'y", 'z'], "it's \\ \t", '2020-07-07 01:02:03'],
      ["it's", 5],
      expect.stringMatching(/^\d+\.\d+/),
    ]);
  });

  test.each(['lz4', 'zstd', 'gzip', 'none'])('inserts by Native, compressed with %s', async (compression) => {
    const table = `py_${compression}`;
    const script = `
client.command('CREATE TABLE ${table} (a UInt64, b String, c Nullable(Float64), d DateTime64(3)) ENGINE = MergeTree ORDER BY a')
summary = client.insert('${table}', [[i, f'row {i}', None if i % 2 else i / 2, 1594080000 + i] for i in range(20000)], column_names=['a', 'b', 'c', 'd'])
rows = client.query('SELECT count(), sum(a), countIf(c IS NULL), max(b), uniqExact(_part) FROM ${table}').first_row
print(json.dumps([summary.written_rows, rows]))`;
    const options = `compress=${compression === 'none' ? 'False' : `'${compression}'`}`;
    expect(await python(script, options)).toEqual([20_000, [20_000, 199_990_000, 10_000, 'row 9999', 1]]);
  });

  test('streams of blocks, rows and bytes', async () => {
    const script = `
with client.query_row_block_stream('SELECT number FROM numbers(500000)') as blocks:
    sizes = [len(block) for block in blocks]
with client.query_rows_stream('SELECT number FROM numbers(500000)') as rows:
    total = sum(row[0] for row in rows)
raw = client.raw_stream('SELECT number FROM numbers(500000)', fmt='CSV')
lines = sum(chunk.count(b'\\n') for chunk in iter(lambda: raw.read(65536), b''))
print(json.dumps([len(sizes) > 1, sum(sizes), total, lines, client.raw_query('SELECT 1', fmt='Parquet')[:4].decode()]))`;
    expect(await python(script)).toEqual([true, 500_000, 124_999_750_000, 500_000, 'PAR1']);
  });

  test('errors carry the code; one in the middle of a stream is no short result', async () => {
    const script = `
from clickhouse_connect.driver.exceptions import DatabaseError, StreamFailureError
def error(run):
    try: return run()
    except (DatabaseError, StreamFailureError) as e: return type(e).__name__ + ' ' + str(e)
def stream():
    with client.query_row_block_stream('SELECT throwIf(number = 3000000), number FROM numbers(9000000)') as blocks:
        return sum(len(block) for block in blocks)
print(json.dumps([error(lambda: client.query('SELECT * FROM nope')), error(lambda: client.command('CREATE')), error(stream)]))`;
    expect(await python(script)).toEqual([
      expect.stringMatching(/^DatabaseError.*Code: 60\..*UNKNOWN_TABLE/s),
      expect.stringMatching(/^DatabaseError.*Code: 62\..*SYNTAX_ERROR/s),
      expect.stringMatching(/^StreamFailureError.*Code: 395\./s),
    ]);
  });

  test('its session keeps temporary tables; settings hold for their query', async () => {
    const script = `
client.command('CREATE TEMPORARY TABLE mine (a UInt8)')
client.insert('mine', [[1], [2]], column_names=['a'])
with_setting = client.query("SELECT getSetting('max_threads')", settings={'max_threads': 3}).first_row[0]
plain = client.query("SELECT getSetting('max_threads'), sum(a) FROM mine").first_row
print(json.dumps([with_setting, plain[0] != 3, plain[1]]))`;
    expect(await python(script)).toEqual([3, true, 3]);
  });

  test('tables sent along', async () => {
    const script = `
from clickhouse_connect.driver.external import ExternalData
data = ExternalData(file_name='people', data=b'1\\tann\\n2\\tbob\\n', fmt='TSV', structure=['id UInt8', 'name String'])
print(json.dumps(client.query('SELECT max(name), sum(id) FROM people', external_data=data).first_row))`;
    expect(await python(script)).toEqual(['bob', 3]);
  });
});
