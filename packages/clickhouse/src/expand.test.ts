import { describe, expect, it } from 'vitest';
import { expandMigration, includeFragments, type Layout } from './expand.ts';
import { DIRECTORY, readMigrations } from './migration-files.ts';

const ONE: Layout = { database: 'tocsin', engine: 'MergeTree', cluster: '', fsync: false };
const MANY: Layout = { database: 'alerts_1', engine: 'ReplicatedMergeTree', cluster: 'main', fsync: true };

const SQL = `-- why
CREATE TABLE \${database}.a \${on_cluster} (x UInt8)
ENGINE = \${replicated}ReplacingMergeTree
ORDER BY x
SETTINGS \${deduplication}, \${durability};

CREATE TABLE \${database}.b \${on_cluster} (x String DEFAULT ';') ENGINE = \${replicated}MergeTree ORDER BY x;
`;

describe('expandMigration', () => {
  it('writes plain engines and no cluster for one machine', () => {
    const [first, second] = expandMigration(SQL, ONE);
    expect(first).toBe(`CREATE TABLE tocsin.a  (x UInt8)
ENGINE = ReplacingMergeTree
ORDER BY x
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 0, fsync_part_directory = 0`);
    expect(second).toBe("CREATE TABLE tocsin.b  (x String DEFAULT ';') ENGINE = MergeTree ORDER BY x");
  });

  it('writes replicated engines on the cluster for many', () => {
    expect(expandMigration(SQL, MANY)).toEqual([
      `CREATE TABLE alerts_1.a ON CLUSTER \`main\` (x UInt8)
ENGINE = ReplicatedReplacingMergeTree
ORDER BY x
SETTINGS replicated_deduplication_window = 10000, replicated_deduplication_window_seconds = 604800, fsync_after_insert = 1, fsync_part_directory = 1`,
      "CREATE TABLE alerts_1.b ON CLUSTER `main` (x String DEFAULT ';') ENGINE = ReplicatedMergeTree ORDER BY x",
    ]);
  });

  it('refuses what it does not know', () => {
    expect(() => expandMigration(`SELECT \${colour}`, ONE)).toThrow(`unknown placeholder \${colour}`);
    expect(() => expandMigration('SELECT 1', { ...ONE, database: 'a b' })).toThrow('database: "a b"');
    expect(() => expandMigration('SELECT 1', { ...MANY, cluster: '`; DROP' })).toThrow('cluster: "`; DROP"');
  });
});

describe('includeFragments', () => {
  const fragments = new Map([['one', `-- why\n(SELECT \${what} FROM \${database}.t)\n`]]);

  it('puts a fragment in its place, with what it is given', () => {
    expect(includeFragments(`SELECT * FROM \${one what=x} WHERE \${on_cluster}`, fragments)).toBe(
      `SELECT * FROM (SELECT x FROM \${database}.t) WHERE \${on_cluster}`,
    );
  });

  it('leaves open what it is not given, which expandMigration then refuses', () => {
    expect(() => expandMigration(includeFragments(`SELECT * FROM \${one}`, fragments), ONE)).toThrow(
      `\${what}`,
    );
  });
});

describe('every migration of this package', async () => {
  const statements = (await readMigrations(DIRECTORY)).flatMap(({ name, sql }) =>
    expandMigration(sql, MANY).map((sql) => ({ name, sql })),
  );

  it.each(statements)('$name runs everywhere, and can be repeated', ({ sql }) => {
    expect(sql).toMatch(/IF (NOT )?EXISTS|CREATE OR REPLACE VIEW|MODIFY SETTING|MATERIALIZE PROJECTION/);
    expect(sql).toMatch(/ON CLUSTER `main`/);
    if (sql.startsWith('CREATE TABLE')) expect(sql).toMatch(/ENGINE = Replicated\w*MergeTree/);
    expect(sql).not.toMatch(/\btocsin\./);
  });
});
