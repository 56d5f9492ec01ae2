import { type Comparison, compare, type Definition, MEASURED, showComparison, TRUTH } from '@tocsin/report';
import { parseFile } from './options.ts';

export interface Compared {
  found: Comparison;
  text: string;
  /** What is odd about the question; empty where nothing is. */
  warning: string;
}

/**
 * The second step: reads what the first one printed, and only now the truth.
 * @param printed the first step's JSON
 * @param asked devices that one of the store stands for; as the truth says unless given
 */
export async function compareWithFile(
  printed: string,
  file: string,
  definition: Definition,
  asked: number | undefined,
): Promise<Compared> {
  const measured = MEASURED.parse(JSON.parse(printed));
  const truth = await parseFile(file, TRUTH);
  const scale = asked ?? truth.scale ?? 1;
  const found = compare(measured, truth.report, definition.minutes, scale);
  const differs = truth.scale !== undefined && truth.scale !== scale;
  return {
    found,
    text: showComparison(found),
    warning: differs ? `the minutes are divided by ${scale}, but ${file} is of 1:${truth.scale}` : '',
  };
}
