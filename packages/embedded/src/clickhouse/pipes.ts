import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, constants, mkdirSync, openSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
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

  discard(path: string): Promise<void> {
    return rm(path);
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

/**
 * Opens a pipe for reading. It has no end before `release`, however often its writer opens and closes it, and
 * the writer, which would wait for a reader, always finds one.
 */
export function readPipe(path: string): { reader: Socket; release: () => void } {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const both = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  return { reader: new Socket({ fd, readable: true, writable: false }), release: () => closeSync(both) };
}
