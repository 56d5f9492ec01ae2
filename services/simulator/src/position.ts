import { readFile, rename, writeFile } from 'node:fs/promises';
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
export type Position = z.output<typeof POSITION>;

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
