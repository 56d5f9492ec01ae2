/** What a query did, as far as the engine tells. Rows and bytes; seconds. */
export interface Done {
  rowsRead?: number;
  bytesRead?: number;
  rowsWritten?: number;
  bytesWritten?: number;
  resultRows?: number;
  resultBytes?: number;
  elapsed: number;
}

/** The text of `X-ClickHouse-Summary`: numbers as strings, time in nanoseconds. */
export function summary(done: Done): string {
  const { rowsWritten = 0, bytesWritten = 0 } = done;
  return JSON.stringify({
    read_rows: String(done.rowsRead ?? rowsWritten),
    read_bytes: String(done.bytesRead ?? bytesWritten),
    written_rows: String(rowsWritten),
    written_bytes: String(bytesWritten),
    total_rows_to_read: '0',
    result_rows: String(done.resultRows ?? rowsWritten),
    result_bytes: String(done.resultBytes ?? bytesWritten),
    elapsed_ns: String(Math.round(done.elapsed * 1e9)),
  });
}
