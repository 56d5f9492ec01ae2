import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { expandMigration, type Layout } from './expand.ts';

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

describe('every migration of this package', () => {
  const directory = new URL('../migrations/', import.meta.url);
  const statements = readdirSync(directory).flatMap((name) =>
    expandMigration(readFileSync(new URL(name, directory), 'utf8'), MANY).map((sql) => ({ name, sql })),
  );

  it.each(statements)('$name runs everywhere, and can be repeated', ({ sql }) => {
    expect(sql).toMatch(/IF NOT EXISTS|CREATE OR REPLACE VIEW/);
    expect(sql).toMatch(/ON CLUSTER `main`/);
    if (sql.startsWith('CREATE TABLE')) expect(sql).toMatch(/ENGINE = Replicated\w*MergeTree/);
    expect(sql).not.toMatch(/\btocsin\./);
  });
});
