import { type Store, TARGETS } from '@tocsin/clickhouse';

/** What a table takes on disk, beside the messages that there are. */
export interface Size {
  readonly table: string;
  readonly rows: number;
  readonly bytes: number;
  readonly bytesAMessage: number;
  readonly rowsAMillion: number;
}

const TABLES = [
  'alerts',
  'device_history',
  'corrections',
  'blocks',
  'builds',
  ...TARGETS.map(({ table }) => table),
];

/** Rows and bytes on disk of the tables that grow with the alerts. */
export async function readSizes(store: Store): Promise<Size[]> {
  const tables = await store.rows<{ table: string; rows: number; bytes: number }>(
    `SELECT table, sum(rows) AS rows, sum(bytes_on_disk) AS bytes FROM system.parts
     WHERE active AND database = {database:String} AND table IN {tables:Array(String)} GROUP BY table ORDER BY bytes DESC`,
    { database: store.database, tables: TABLES },
  );
  const messages = tables.find(({ table }) => table === 'alerts')?.rows;
  if (!messages) throw new Error(`database ${store.database} has no alerts to measure`);
  return tables.map((table) => ({
    ...table,
    bytesAMessage: table.bytes / messages,
    rowsAMillion: (table.rows * 1e6) / messages,
  }));
}
