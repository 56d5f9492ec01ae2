import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, constants, mkdirSync, openSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const BATCH = 16;

/**
 * Named pipes, through which the engine writes results in any format while we read: it blocks when we don't
 * read, so memory stays constant. Node can't make them, so they are made in batches and used again.
 */
export class Pipes {
  readonly #folder: string;
  readonly #free: string[] = [];
  #made = 0;
  #making: Promise<void> = Promise.resolve();

  /** @param folder this process's own; what a killed one left there is removed */
  constructor(folder: string) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#folder = folder;
  }

  /** A pipe that nobody writes to or reads from. */
  async take(): Promise<string> {
    for (;;) {
      const path = this.#free.pop();
      if (path) return path;
      this.#making = this.#making.then(() => this.#make());
      await this.#making;
    }
  }

  /** Where a file may be made. Whoever makes it removes it. */
  newFile(): string {
    return join(this.#folder, `${randomUUID()}.data`);
  }

  give(path: string): void {
    this.#free.push(path);
  }

  async #make(): Promise<void> {
    if (this.#free.length > 0) return;
    const paths = Array.from({ length: BATCH }, () => join(this.#folder, String(this.#made++)));
    await run('mkfifo', ['-m', '600', ...paths]);
    this.#free.push(...paths);
  }
}

/** Opens a pipe for reading without waiting for its writer. */
export function readPipe(path: string): Socket {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  return new Socket({ fd, readable: true, writable: false });
}

/** Makes the reader see the end of the pipe even if its writer never opened it. */
export function endPipe(path: string): void {
  try {
    closeSync(openSync(path, constants.O_WRONLY | constants.O_NONBLOCK));
  } catch (error) {
    // No reader is left that waits for an end.
    if ((error as NodeJS.ErrnoException).code !== 'ENXIO') throw error;
  }
}
