import type { Connection } from './engine.ts';
import { DatabaseError } from './errors.ts';
import type { HttpQuery } from './request.ts';

interface Session {
  connection: Connection;
  busy: boolean;
  expiry?: NodeJS.Timeout;
}

/** Connections that outlive a request: temporary tables and `SET` hold until the session times out. */
export class Sessions {
  readonly #sessions = new Map<string, Session>();
  readonly #connect: () => Connection;

  constructor(connect: () => Connection) {
    this.#connect = connect;
  }

  /** @throws DatabaseError when the session is in use, or is to be there and isn't. */
  take({ id, check }: NonNullable<HttpQuery['session']>): Connection {
    let session = this.#sessions.get(id);
    if (session?.busy)
      throw new DatabaseError(373, 'SESSION_IS_LOCKED', `Session ${id} is locked by a concurrent client`);
    if (!session && check) throw new DatabaseError(372, 'SESSION_NOT_FOUND', `Session ${id} not found`);
    session ??= { connection: this.#connect(), busy: true };
    clearTimeout(session.expiry);
    session.busy = true;
    this.#sessions.set(id, session);
    return session.connection;
  }

  give({ id, timeoutS }: NonNullable<HttpQuery['session']>): void {
    const session = this.#sessions.get(id) as Session;
    session.busy = false;
    session.expiry = setTimeout(() => {
      this.#sessions.delete(id);
      session.connection.close();
    }, timeoutS * 1000).unref();
  }
}
