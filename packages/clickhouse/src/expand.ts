/** On what the tables stand: one machine, or replicas that share them through a Keeper. */
export interface Layout {
  database: string;
  engine: 'MergeTree' | 'ReplicatedMergeTree';
  /** Name of the cluster that statements are carried out on, empty for the one server that is asked. */
  cluster: string;
  /** Whether an acknowledged insert outlives a power cut too, and not only a killed process. */
  fsync: boolean;
}

const COMMENTS = /^--.*\n/gm;
const NAME = /^[A-Za-z_][A-Za-z0-9_-]*$/;

// The window counts blocks of all writers together. On replicas a second bound, in seconds, holds as well and is
// an hour unless set; a week is longer than any replay.
const DEDUPLICATION = {
  MergeTree: 'non_replicated_deduplication_window = 10000',
  ReplicatedMergeTree:
    'replicated_deduplication_window = 10000, replicated_deduplication_window_seconds = 604800',
};

/**
 * A migration with its fragments in their places: `${name}`, or `${name key=value}`, where a fragment has that name. What a
 * fragment leaves open are placeholders of its own, `${key}`; it may have fragments in it.
 * @param fragments SQL by name
 */
export function includeFragments(sql: string, fragments: ReadonlyMap<string, string>): string {
  return sql.replace(/\$\{(\w+)((?: \w+=\w+)*)\}/g, (placeholder, name: string, given: string) => {
    const fragment = fragments.get(name);
    if (fragment === undefined) return placeholder;
    const values = new Map(given.split(' ').map((pair) => pair.split('=') as [string, string]));
    const filled = fragment
      .replace(COMMENTS, '')
      .trim()
      .replace(/\$\{(\w+)\}/g, (open, key: string) => values.get(key) ?? open);
    return includeFragments(filled, fragments);
  });
}

/** The statements of one migration file for a layout, in order. Throws on an unknown placeholder or a bad name. */
export function expandMigration(sql: string, { database, engine, cluster, fsync }: Layout): string[] {
  if (!NAME.test(database)) throw new Error(`database: ${JSON.stringify(database)} is not a plain name`);
  if (cluster !== '' && !NAME.test(cluster))
    throw new Error(`cluster: ${JSON.stringify(cluster)} is not a plain name`);
  const values: Record<string, string> = {
    database,
    on_cluster: cluster === '' ? '' : `ON CLUSTER \`${cluster}\``,
    replicated: engine === 'ReplicatedMergeTree' ? 'Replicated' : '',
    deduplication: DEDUPLICATION[engine],
    durability: `fsync_after_insert = ${Number(fsync)}, fsync_part_directory = ${Number(fsync)}`,
  };
  const expanded = sql.replace(COMMENTS, '').replace(/\$\{(\w+)\}/g, (placeholder, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`unknown placeholder ${placeholder} in a migration`);
    return value;
  });
  return expanded
    .split(/;\s*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}
