import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { UsageError } from '../errors.ts';
import { openCsv } from './sources/csv.ts';
import { openParquet } from './sources/parquet.ts';
import type { Source } from './sources/source.ts';

/** Opens a table by the ending of its name. */
export async function openTable(file: string, delimiter: string): Promise<Source> {
  const ending = extname(file).toLowerCase();
  if (ending !== '.csv' && ending !== '.parquet')
    throw new UsageError(`${file}: expected a file that ends in .csv or .parquet`);
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${file}: ${error.code === 'ENOENT' ? 'no such file' : error.message}`);
  });
  if (!found.isFile()) throw new UsageError(`${file}: is no file`);
  return ending === '.csv' ? openCsv(file, delimiter) : openParquet(file);
}
