import { readFile, rename, writeFile } from 'node:fs/promises';
import { FileError } from '@tocsin/runtime';
import { z } from 'zod';

/** How far a scenario has been told, for whoever goes on with it, and for whoever shows how it comes along. */
const POSITION = z.object({
  version: z.literal(1),
  /** What was begun stays the same: the same messages come after those that are there. */
  scenario: z.string(),
  scale: z.number(),
  seed: z.number(),
  /** By so many weeks its calendar is later than the file's. */
  weeks: z.int(),
  /** Id of the Kafka cluster that has the messages. */
  cluster: z.string(),
  /** Beginning of the calendar, ms. */
  begin: z.number(),
  /** All up to this moment, ms, is in Kafka, and perhaps a part of what follows; before `begin`: not even the devices. */
  at: z.number(),
  /** Records that Kafka has of it. */
  inventory: z.int(),
  alerts: z.int(),
});
/** As the file that FEED_POSITION names has it. */
export type Position = z.output<typeof POSITION>;

/** What has to be the same for a position to be gone on from; a cluster that isn't known yet is not asked for. */
export type Run = Pick<Position, 'scenario' | 'scale' | 'seed'> & { readonly cluster?: string };

/**
 * Two scenarios on one stream would be neither of them.
 * @throws FileError where the position is another run's than the one that is asked for
 */
export function holdTo(file: string, has: Run, asked: Run): void {
  const keys = ['scenario', 'scale', 'seed', 'cluster'] as const;
  if (keys.every((key) => asked[key] === undefined || asked[key] === has[key])) return;
  const show = ({ scenario, scale, seed, cluster }: Run) =>
    `${scenario} at 1:${scale} with seed ${seed}${asked.cluster === undefined ? '' : `, in the Kafka cluster ${cluster}`}`;
  throw new FileError([
    `${file} has ${show(has)}, asked for is ${show(asked)}: ask for the former, or begin anew in another folder`,
  ]);
}

/** Null where there is none. Throws where the file is something else. */
export async function readPosition(file: string): Promise<Position | null> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return null;
  try {
    return POSITION.parse(JSON.parse(text));
  } catch (error) {
    throw new Error(`${file} is no position of a scenario: delete it to begin anew`, { cause: error });
  }
}

/** Whoever reads it meanwhile sees the one before or this one. */
export async function writePosition(file: string, position: Position): Promise<void> {
  await writeFile(`${file}.new`, `${JSON.stringify(position)}\n`);
  await rename(`${file}.new`, file);
}
