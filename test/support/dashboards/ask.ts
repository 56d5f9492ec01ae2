/** An answer as Grafana's ClickHouse data source takes it: columns with their types, and rows. */
export interface Answer {
  readonly columns: Readonly<Record<string, string>>;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/**
 * Asks as the data source does: over HTTP, with the settings that it is provisioned with; of a server whose own time zone
 * is another than the store's.
 * @param url of the engine's HTTP interface
 */
export async function ask(url: string, database: string, sql: string): Promise<Answer> {
  const parameters = new URLSearchParams({
    database,
    default_format: 'JSON',
    enable_shared_storage_snapshot_in_query: '1',
    output_format_json_quote_64bit_integers: '0',
    session_timezone: 'America/New_York',
  });
  const response = await fetch(`${url}/?${parameters}`, { method: 'POST', body: sql });
  const text = await response.text();
  if (!response.ok) throw new Error(`${text}\n${sql}`);
  const { meta, data } = JSON.parse(text) as {
    meta: { name: string; type: string }[];
    data: Record<string, unknown>[];
  };
  return { columns: Object.fromEntries(meta.map(({ name, type }) => [name, type])), rows: data };
}
