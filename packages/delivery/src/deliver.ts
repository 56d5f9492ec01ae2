import type { Block, Place } from './block.ts';
import { persist } from './persist.ts';
import { encodePlan } from './plan-metadata.ts';
import type { Lease, Ports, Step } from './ports.ts';
import { put } from './put.ts';

/**
 * One block's way into the store: plan, ledger, rows, commit, in this order and none before the one above it
 * is acknowledged. Killed anywhere, it is done again with `again`, and ends the same.
 */
export async function deliver<M, R>(
  place: Place,
  block: Block<R>,
  again: boolean,
  lease: Lease,
  ports: Ports<M, R>,
): Promise<void> {
  const { store, deadLetters } = ports;
  const { plan } = block;
  const persistence = { ...ports, lease };
  const reached = (kind: Step) => ports.observe({ kind, place, block, again });

  reached('prepared');
  if (!again) await lease.commit(plan.first, encodePlan(plan));
  reached('planned');

  // Before the rows, so that the rows in the store are a part of the ledger's at every instant.
  const ledger = {
    place,
    bounds: plan,
    part: 'ledger',
    rows: block.hours.length,
  };
  await put(ledger, (token) => store.insertLedger(place, block, token), again, store, persistence);
  reached('ledgered');

  if (block.rejects.length > 0) {
    await persist(place, 'rejects', persistence, () => deadLetters.put(place, plan, block.rejects));
    reached('buried');
  }

  for (const slice of block.slices) {
    const parcel = { place, bounds: plan, part: slice.day, rows: slice.rows };
    await put(parcel, (token) => store.insertSlice(place, block, slice, token), again, store, persistence);
  }
  reached('inserted');

  await lease.commit(plan.last + 1, '');
  reached('committed');
}
