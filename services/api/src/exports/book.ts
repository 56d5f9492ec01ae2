import type { Manifest } from '@tocsin/answers';
import type { Viewer } from '../guard/viewer.ts';

const DAY_MS = 86_400_000;
/** Exports of one asker at a time, and of all; manifests that are kept of one asker. */
const AT_A_TIME = 2;
const OF_ALL = 8;
const KEPT = 100;

/** What may be begun, and what came of it: manifests of exports that came to their end, for a day, for their asker alone. */
export interface Book {
  /** @returns to be called once it is over @throws TooMany */
  begin(viewer: Viewer): () => void;
  keep(viewer: Viewer, manifest: Manifest): void;
  find(viewer: Viewer, id: string): Manifest | null;
}

/** Too many exports are under way. */
class TooMany extends Error {
  override readonly name = 'TooMany';
  readonly statusCode = 429;
}

export function createBook(now: () => number = Date.now): Book {
  const underWay = new Map<string, number>();
  let all = 0;
  const kept = new Map<string, { readonly manifest: Manifest; readonly until: number }[]>();
  const owner = ({ subject, role, party }: Viewer) => JSON.stringify([subject, role, party]);
  const standing = (who: string) => (kept.get(who) ?? []).filter(({ until }) => until > now());

  return {
    begin(viewer) {
      const who = owner(viewer);
      const own = underWay.get(who) ?? 0;
      if (own >= AT_A_TIME || all >= OF_ALL)
        throw new TooMany(
          `expected at most ${AT_A_TIME} exports of yours at a time, ${OF_ALL} of all: wait for one to end`,
        );
      underWay.set(who, own + 1);
      all += 1;
      return () => {
        all -= 1;
        const left = underWay.get(who)! - 1;
        if (left === 0) underWay.delete(who);
        else underWay.set(who, left);
      };
    },
    keep(viewer, manifest) {
      const who = owner(viewer);
      kept.set(who, [...standing(who), { manifest, until: now() + DAY_MS }].slice(-KEPT));
      for (const other of kept.keys()) if (standing(other).length === 0) kept.delete(other);
    },
    find: (viewer, id) =>
      standing(owner(viewer)).find(({ manifest }) => manifest.id === id)?.manifest ?? null,
  };
}
