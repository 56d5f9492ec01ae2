import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kafkaTool } from '@tocsin/embedded';

/** What Kafka's own tools say and do: nothing here goes through our client or our code. */

/** By partition: the offset of the earliest record that is left, or the one that the next record will get. */
export async function offsetsOf(
  brokers: string,
  topic: string,
  which: 'earliest' | 'latest',
): Promise<Map<number, number>> {
  const args = ['--bootstrap-server', brokers, '--topic', topic, '--time', which];
  const { stdout } = await kafkaTool('org.apache.kafka.tools.GetOffsetShell', args);
  const lines = stdout.trim().split('\n');
  return new Map(lines.map((line) => line.split(':').slice(1).map(Number) as [number, number]));
}

/** Records that were produced to a topic since it was made; of plain producers, each offset is one. */
export async function countProduced(brokers: string, topic: string): Promise<number> {
  return sum((await offsetsOf(brokers, topic, 'latest')).values());
}

/** Records that a consumer gets to see, counted by Kafka's own consumer: control and aborted ones are not. */
export async function countCommitted(brokers: string, topic: string): Promise<number> {
  const read = ['--from-beginning', '--isolation-level', 'read_committed', '--timeout-ms', '5000'];
  const plain = ['--formatter-property', 'print.value=false', '--formatter-property', 'print.offset=true'];
  const args = ['--bootstrap-server', brokers, '--topic', topic, ...read, ...plain];
  const { stdout } = await kafkaTool('org.apache.kafka.tools.consumer.ConsoleConsumer', args);
  return stdout.split('\n').filter((line) => line.startsWith('Offset:')).length;
}

/** @param before by partition: records with lower offsets are deleted */
export async function deleteRecords(
  brokers: string,
  topic: string,
  before: ReadonlyMap<number, number>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tocsin-tools-'));
  try {
    const file = join(folder, 'offsets.json');
    const partitions = [...before].map(([partition, offset]) => ({ topic, partition, offset }));
    await writeFile(file, JSON.stringify({ version: 1, partitions }));
    const args = ['--bootstrap-server', brokers, '--offset-json-file', file];
    await kafkaTool('org.apache.kafka.tools.DeleteRecordsCommand', args);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const GROUPS = 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand';

export async function deleteGroup(brokers: string, group: string): Promise<void> {
  await kafkaTool(GROUPS, ['--bootstrap-server', brokers, '--delete', '--group', group]);
}

/** The group's committed offsets, by partition; none once they have expired. */
export async function committedBy(brokers: string, group: string): Promise<Map<number, number>> {
  const args = ['--bootstrap-server', brokers, '--describe', '--offsets', '--group', group];
  const { stdout } = await kafkaTool(GROUPS, args).catch((error: Error) => {
    if (error.message.includes('GroupIdNotFoundException') || error.message.includes('does not exist'))
      return { stdout: '' };
    throw error;
  });
  const rows = stdout
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([name, , , offset]) => name === group && /^\d+$/.test(offset ?? ''));
  return new Map(rows.map(([, , partition, offset]) => [Number(partition), Number(offset)]));
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
