import {
  commitRevision,
  makeRevision,
  type Owner,
  revisionsAreVisible,
  type Store,
  type StoredRange,
  stageCorrections,
  storedRows,
} from '@tocsin/clickhouse';
import type { Knowledge } from '../pipeline.ts';
import { compareRow, hourOf } from './compare-row.ts';

export interface Corrected {
  compared: number;
  corrected: number;
}

/** The partitions went to another member meanwhile, whose work this is now. */
export class Superseded extends Error {}

/**
 * Compares stored rows with what is known by now, and commits corrections of those that differ, piece by piece: killed
 * anywhere, what isn't committed is found again.
 * @throws Superseded
 */
export async function correct(
  store: Store,
  knowledge: Knowledge,
  range: StoredRange,
  owner: Owner & { readonly lasts: () => boolean },
): Promise<Corrected> {
  await revisionsAreVisible(store, range.from, range.to);
  const total = { compared: 0, corrected: 0 };
  for await (const rows of storedRows(store, range)) {
    const corrections: string[] = [];
    const hours = new Map<number, number>();
    for (const row of rows) {
      const correction = compareRow(row, knowledge);
      if (correction === null) continue;
      corrections.push(correction);
      const hour = hourOf(row);
      hours.set(hour, (hours.get(hour) ?? 0) + 1);
    }
    if (corrections.length > 0) {
      const revision = await makeRevision(store);
      await stageCorrections(store, revision, corrections);
      if (!owner.lasts()) throw new Superseded();
      await commitRevision(store, revision, hours, owner);
    }
    total.compared += rows.length;
    total.corrected += corrections.length;
  }
  return total;
}
