import { readFile } from 'node:fs/promises';
import { type Comparison, compare, type Definition, MEASURED, showComparison, TRUTH } from '@tocsin/report';
import { parseFile } from './options.ts';

/**
 * The second step: reads what the first one printed, and only now the truth.
 * @param printed the first step's JSON
 */
export async function compareWithFile(
  printed: string,
  file: string,
  definition: Definition,
  scale: number,
): Promise<{ found: Comparison; text: string }> {
  const measured = MEASURED.parse(JSON.parse(printed));
  const truth = parseFile(file, await readFile(file, 'utf8'), TRUTH);
  const found = compare(measured, truth, definition.minutes, scale);
  return { found, text: showComparison(found) };
}
