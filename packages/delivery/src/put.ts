import { token } from './block.ts';
import { Halt } from './halt.ts';
import { type Persistence, persist } from './persist.ts';
import type { Parcel, Store } from './ports.ts';

type Verdict = 'stored' | 'insert' | 'insert-anew';

/**
 * What a count of a parcel's rows in the store asks for. `acknowledged`: the store has said yes to an insert
 * under this token, so rows that are still missing will never come under it: the store remembers a token
 * before it has the rows, and was killed between the two.
 * @throws Halt when rows are there that should not be
 */
function judge(parcel: Parcel, counted: number, acknowledged: boolean): Verdict {
  if (counted === parcel.rows) return 'stored';
  const { bounds, part, rows } = parcel;
  const detail = {
    first: bounds.first,
    last: bounds.last,
    part,
    rows,
    counted,
  };
  if (counted > rows) throw new Halt('rows-in-excess', detail);
  if (counted > 0) throw new Halt('slice-in-part', detail);
  return acknowledged ? 'insert-anew' : 'insert';
}

/**
 * Puts a parcel into the store exactly once. The first try is trusted when it is acknowledged; any other
 * counts first, inserts what is missing, and counts again.
 * @param again whether somebody may have tried before
 */
export async function put(
  parcel: Parcel,
  insert: (token: string) => Promise<void>,
  again: boolean,
  store: Pick<Store<never>, 'count'>,
  persistence: Persistence,
): Promise<void> {
  let attempt = 0;
  let acknowledged = false;

  const insertOnce = async () => {
    acknowledged = false;
    await insert(token(parcel.place, parcel.bounds, parcel.part, attempt));
    acknowledged = true;
  };

  await persist(parcel.place, parcel.part, persistence, async (tries) => {
    if (!again && tries === 0) return insertOnce();
    for (;;) {
      const verdict = judge(parcel, await store.count(parcel), acknowledged);
      if (verdict === 'stored') return;
      if (verdict === 'insert-anew') attempt++;
      await insertOnce();
    }
  });
}
