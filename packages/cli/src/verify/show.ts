import type { Proof } from './verify.ts';

/** A proof for a person: the counts, then what differs. */
export function showProof({ ok, store, log }: Proof): string {
  const { counts, inventory } = store;
  const lines = [
    `records      ${counts.records} in ${counts.blocks} blocks`,
    `accepted     ${counts.accepted}`,
    `rejected     ${counts.rejected}`,
    `duplicates   ${counts.duplicates}`,
    `raw rows     ${counts.rawRows} at ${counts.rawPositions} positions`,
    `corrected    ${counts.corrections} rows`,
    `in the view  ${counts.viewMessages} messages of ${counts.hours} hours`,
    `built        ${Object.entries(counts.fresh)
      .map(([table, n]) => `${n} of ${table}`)
      .join(', ')}`,
    `inventory    ${inventory.counts.records} records in ${inventory.counts.blocks} blocks: ` +
      `${inventory.counts.rawRows} in the device history, ${inventory.counts.rejected} rejected, ` +
      `${inventory.counts.duplicates} duplicates`,
    ...(log
      ? log.topics.map(({ stream, behind }) => `Kafka        ${stream}, ${behind} records not counted yet`)
      : ['Kafka        not asked: KAFKA_BROKERS is not set']),
  ];
  for (const { check, detail, ...where } of [...store.differences, ...(log?.differences ?? [])]) {
    const place = Object.entries(where).map(([name, value]) => `${name} ${value}`);
    lines.push(`DIFFERS      ${check}: ${detail}${place.length > 0 ? ` (${place.join(', ')})` : ''}`);
  }
  lines.push(ok ? 'ok' : 'NOT OK');
  return `${lines.join('\n')}\n`;
}
