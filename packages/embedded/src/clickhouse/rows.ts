import type { Connection } from './engine.ts';
import { endPipe, type Pipes, readPipe } from './pipes.ts';
import { literal } from './prepare.ts';
import type { Reply } from './reply.ts';
import type { Rows } from './statement.ts';
import type { Done } from './summary.ts';

/** Streams a result, but for its end, as the engine formats it. When nobody takes it any more, the engine's writing fails. */
export async function runRows(
  connection: Connection,
  { before, after }: Rows,
  format: string,
  reply: Reply,
  pipes: Pipes,
): Promise<Done> {
  const pipe = await pipes.take();
  const reader = readPipe(pipe);
  const result = connection.query(
    `${before}\nINTO OUTFILE ${literal(pipe)} APPEND ${after || `FORMAT ${format}`}`,
  );
  const ended = result.then(
    () => endPipe(pipe),
    () => endPipe(pipe),
  );
  try {
    for await (const chunk of reader) await reply.write(chunk);
    return await result;
  } finally {
    reader.destroy();
    await ended;
    pipes.give(pipe);
  }
}
