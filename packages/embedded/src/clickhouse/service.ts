import type { Decompress } from './body.ts';
import type { Connection } from './engine.ts';
import type { Gate } from './gate.ts';
import type { Pipes } from './pipes.ts';
import type { Identity } from './reply.ts';
import type { Sessions } from './sessions.ts';

/** What requests share. */
export interface Service {
  /** A connection whose queries carry the id as their tag. */
  connect(queryId: string): Connection;
  decompress: Decompress;
  sessions: Sessions;
  pipes: Pipes;
  gate: Gate;
  /** Ids of the queries that are running. */
  running: Set<string>;
  identity: Identity;
  /** Content type of an output format, by its name in lower case. */
  contentTypes: ReadonlyMap<string, string>;
  user: string;
  password: string;
}
