import type { Block, Place } from './block.ts';
import { persist } from './persist.ts';
import { encodePlan } from './plan-metadata.ts';
import type { Lease, Ports, Step } from './ports.ts';
import { put } from './put.ts';

/**
 * One block's way into the store: plan, ledger, rows, commit, in this order and none before the one above it
 * is acknowledged. Killed anywhere, it is done again with `again`, and ends the same.
 * @param committed what Kafka has as the partition's commit before this block
 * @returns false when that commit has vanished meanwhile: the block is stored, but it is not to be gone on from here
 */
export async function deliver<M, R>(
  place: Place,
  block: Block<R>,
  again: boolean,
  committed: number | null,
  lease: Lease,
  ports: Ports<M, R>,
): Promise<boolean> {
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
    const parcel = { place, bounds: plan, part: slice.part, rows: slice.rows };
    await put(parcel, (token) => store.insertSlice(place, block, slice, token), again, store, persistence);
  }
  reached('inserted');

  // A commit over one that vanished with its topic would hide that the topic was made anew.
  if (!(await stillCommitted(place, again ? committed : plan.first, lease, ports))) return false;
  await lease.commit(plan.last + 1, '');
  reached('committed');
  return true;
}

/** Kafka deletes a topic's commits with the topic, so ours is gone where the topic was made anew while nobody looked. */
export async function stillCommitted<M, R>(
  place: Place,
  committed: number | null,
  lease: Pick<Lease, 'check'>,
  ports: Ports<M, R>,
): Promise<boolean> {
  const { offset } = await persist(place, 'position', { ...ports, lease }, () => ports.log.committed(place));
  return offset === committed;
}
