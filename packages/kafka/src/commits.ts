import type { Admin } from 'kafkajs';
import { committedOffsets } from './log.ts';

/** Whether anybody is in the group now. */
export async function hasMembers(admin: Admin, groupId: string): Promise<boolean> {
  const { groups } = await admin.describeGroups([groupId]);
  return groups.some(({ state }) => state !== 'Empty' && state !== 'Dead');
}

/**
 * Sets a group's commits on a topic, without plans: what a plan says of is in the ledger or was never begun.
 * @param offsets by partition
 * @throws Error while anybody is in the group, or where a commit does not stand afterwards
 */
export async function setCommits(
  admin: Admin,
  topic: string,
  groupId: string,
  offsets: ReadonlyMap<number, number>,
): Promise<void> {
  if (offsets.size === 0) return;
  const partitions = [...offsets].map(([partition, offset]) => ({ partition, offset: String(offset) }));
  await admin.setOffsets({ groupId, topic, partitions });
  // The client's call can end well without a commit.
  const standing = await committedOffsets(admin, topic, groupId);
  const wrong = [...offsets].filter(([partition, offset]) => standing.get(partition)?.offset !== offset);
  if (wrong.length > 0)
    throw new Error(
      `the commits of ${groupId} on ${topic} do not stand on partitions ${wrong.map(([number]) => number).join(', ')}`,
    );
}
