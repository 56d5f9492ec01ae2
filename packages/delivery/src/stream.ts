import { Halt } from './halt.ts';

/** The name of a stream: Kafka cluster id, topic and epoch. Neither a cluster id nor a topic can hold a slash. */
export function streamId(clusterId: string, topic: string, epoch: number): string {
  return `${clusterId}/${topic}/${epoch}`;
}

/** The topic in a stream's name. */
export function topicOf(stream: string): string {
  return stream.split('/')[1] ?? '';
}

/**
 * Whether a stream may go on, or begin, beside those of the same topic that the ledger holds.
 * @throws Halt for another cluster under the same epoch, or for an epoch that was left behind
 */
export function judgeStream(stream: string, ledgered: readonly string[]): void {
  const [cluster, topic, epoch] = stream.split('/');
  for (const other of ledgered) {
    const [otherCluster, otherTopic, otherEpoch] = other.split('/');
    if (otherTopic !== topic) continue;
    if (Number(otherEpoch) > Number(epoch)) throw new Halt('epoch-behind', { stream, ledgered: other });
    if (otherEpoch === epoch && otherCluster !== cluster) {
      throw new Halt('cluster-changed', { stream, ledgered: other });
    }
  }
}
