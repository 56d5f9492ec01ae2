import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Exit } from '../supervise.ts';
import type { KafkaJars } from './jars.ts';

/** Java's archive of the classes that a broker loads: with it a broker starts with half the work. */
export interface ClassArchive {
  /** Options of the Java machine: to use the archive, or to write it when the broker ends. */
  readonly options: readonly string[];
  /** To be called when the broker has ended: what it wrote in whole is the archive of all brokers from then on. */
  keep(exit: Exit): Promise<void>;
}

let written = 0;

/** Lies beside the jars. Java refuses the archive of another Java, hence one for each version. */
export function classArchive({ folder, version }: KafkaJars): ClassArchive {
  const archive = join(folder, `broker-java-${version}.jsa`);
  if (existsSync(archive)) return { options: [`-XX:SharedArchiveFile=${archive}`], keep: async () => {} };
  const partial = `${archive}.${process.pid}-${written++}`;
  return {
    options: [`-XX:ArchiveClassesAtExit=${partial}`],
    async keep({ signal }) {
      // Java ends by itself on SIGTERM; a signal that ended it cut the writing short.
      const kept =
        signal === null && existsSync(partial) ? rename(partial, archive) : rm(partial, { force: true });
      await kept;
    },
  };
}
