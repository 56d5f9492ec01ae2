import { once } from 'node:events';

/** Writes to standard output and waits where the reader is slower. */
export async function print(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

/** `tocsin decode … | head` closes the pipe early: that ends the command and is no failure. */
export function endOnClosedPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
      throw error;
    });
  }
}

/** The text after a command's options in its help. */
export function helpTail(
  examples: Readonly<Record<string, string>>,
  exits: Readonly<Record<number, string>>,
): string {
  const table = (rows: Readonly<Record<string, string>>) => {
    const width = Math.max(...Object.keys(rows).map((left) => left.length));
    return Object.entries(rows)
      .map(([left, right]) => `  ${left.padEnd(width)}  ${right}`)
      .join('\n');
  };
  const codes = { ...exits, 2: exits[2] ?? 'wrong usage or configuration' };
  return `\nExamples:\n${table(examples)}\n\nExit codes:\n${table(codes)}`;
}
