import { type Store, sealedBefore } from '@tocsin/clickhouse';

/** From which moment on days are open, ms since the epoch, as far as this member knows. It never goes back. */
export interface SealedDays {
  before(): number;
  /** Asks the store. */
  follow(): Promise<number>;
}

/** Days of which all are open until `follow` has asked. */
export function createSealedDays(store: Store): SealedDays {
  let before = 0;
  return {
    before: () => before,
    async follow() {
      before = Math.max(before, await sealedBefore(store));
      return before;
    },
  };
}
