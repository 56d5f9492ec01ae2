import { askerOf, type Viewer } from '../guard/viewer.ts';
import { TooMany } from '../problem.ts';

/** Exports of one asker at a time, and of all. */
const AT_A_TIME = 2;
const OF_ALL = 8;

/** Counts an export that begins. @returns to be called once it is over @throws TooMany */
export type UnderWay = (viewer: Viewer) => () => void;

/** What may be begun, as exports may take long and much. */
export function createUnderWay(): UnderWay {
  const of = new Map<string, number>();
  let all = 0;
  return (viewer) => {
    const who = askerOf(viewer);
    const own = of.get(who) ?? 0;
    if (own >= AT_A_TIME || all >= OF_ALL)
      throw new TooMany(
        `expected at most ${AT_A_TIME} exports of yours at a time, ${OF_ALL} of all: wait for one to end`,
      );
    of.set(who, own + 1);
    all += 1;
    return () => {
      all -= 1;
      const left = of.get(who)! - 1;
      if (left === 0) of.delete(who);
      else of.set(who, left);
    };
  };
}
