import type { Connection } from './engine.ts';
import { fromEngine } from './errors.ts';
import { type Pipes, readPipe } from './pipes.ts';
import { literal } from './prepare.ts';
import type { Reply } from './reply.ts';
import type { Rows } from './statement.ts';
import type { Done } from './summary.ts';

const SYNTAX_ERROR = 62;

/** Streams a result, but for its end, as the engine formats it. */
export async function runRows(
  connection: Connection,
  rows: Rows,
  format: string,
  reply: Reply,
  pipes: Pipes,
): Promise<Done> {
  try {
    return await throughPipe(connection, rows, format, reply, pipes);
  } catch (error) {
    if (fromEngine(error).code !== SYNTAX_ERROR) throw error;
    // Nothing ran yet. The fault is to be told of the statement as it was sent, without our clause in it.
    const result = await connection.query(`${rows.before}${rows.after}`, format);
    await reply.write(Buffer.from(result.bytes.buffer, result.bytes.byteOffset, result.bytes.length));
    return result;
  }
}

async function throughPipe(
  connection: Connection,
  { before, after }: Rows,
  format: string,
  reply: Reply,
  pipes: Pipes,
): Promise<Done> {
  const path = await pipes.take();
  const { reader, release } = readPipe(path);
  const target = `INTO OUTFILE ${literal(path)} APPEND ${after || `FORMAT ${format}`}`;
  const result = connection.query(`${before}\n${target}`);
  // After a fault the engine may hold the pipe open still, and a next reader would wait for its end.
  result.then(
    () => release(),
    (error) => {
      reader.destroy(error);
      release();
      return pipes.discard(path);
    },
  );
  for await (const chunk of reader) await reply.write(chunk);
  pipes.give(path);
  return result;
}
