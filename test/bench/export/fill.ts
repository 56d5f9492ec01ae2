import type { Store } from '@tocsin/clickhouse';
import { insertRows } from '../../support/store-feed.ts';

/** Messages of a device, each of a code of its own. */
const CODES = 10;
/** Rows inserted at once. */
const CHUNK = 2_000_000;
/** The hours that everything came in; as one asks for them. */
export const PERIOD = 'from=2020-07-01T00:00:00Z&to=2020-07-02T00:00:00Z';
const FIRST = `toDateTime64('2020-07-01 00:00:00', 3, 'UTC')`;

/** Of device number d. */
const DEVICE = `leftPad(hex(sipHash64(d)), 16, '0') AS device, concat('sup-', leftPad(toString(d % 12), 2, '0')) AS supplier,
  concat('dno-0', toString(1 + d % 6)) AS network_operator, ['North', 'Central', 'South'][1 + d % 3] AS region,
  ['KM-100', 'KM-200', 'HX-3'][1 + intDiv(d, 3) % 3] AS model, ['1.0', '1.1', '2.0'][1 + intDiv(d, 9) % 3] AS firmware`;

/**
 * Meters that raise ten codes each on a day, as the processor and the inventory would have them stored: the suppression
 * report has a row for each device and code.
 * @param rows of the report, a multiple of ten
 */
export async function fillReport(store: Store, rows: number): Promise<void> {
  const devices = rows / CODES;
  await insertRows(store, 'registry_versions', [{ version: '1' }]);
  await store.command(
    `INSERT INTO device_history (stream, partition, offset, planned_at, recorded_at, effective_at, device, source, event, kind,
       manufacturer, model, firmware, region, supplier, network_operator, credentials)
     WITH number AS d, ${DEVICE}
     SELECT 'c/inventory/1', 0, d, ${FIRST}, ${FIRST}, ${FIRST} - toIntervalDay(100), device, 'inventory', 'installed', 'ESME',
       'Kestrel', model, firmware, region, supplier, network_operator, 'correct'
     FROM numbers({devices:UInt64})`,
    { devices },
  );
  for (let from = 0; from < rows; from += CHUNK) {
    await store.command(
      `INSERT INTO alerts (stream, partition, offset, planned_at, received_at, device, originator, target, counter, alert_code,
         message_code, alerts, encoding, device_kind, manufacturer, model, firmware, region, supplier, network_operator,
         responsible_party, suppression, reason)
       WITH intDiv(number, ${CODES}) AS d, ${DEVICE}
       SELECT 'c/alerts/1', 0, number, ${FIRST}, ${FIRST} + toIntervalMillisecond(intDiv(number * 86400000, {rows:UInt64})), device,
         repeat('0', 16), repeat('0', 16), number, concat('80', leftPad(toString(number % ${CODES}), 2, '0')), 0, 1 + d % 5,
         'json', 'ESME', 'Kestrel', model, firmware, region, supplier, network_operator, network_operator, 'suppressible', 'service-request'
       FROM numbers({from:UInt64}, {count:UInt64})`,
      { rows, from, count: Math.min(CHUNK, rows - from) },
    );
    process.stderr.write(`\r${Math.min(rows, from + CHUNK).toLocaleString('en-GB')} rows written   `);
  }
  process.stderr.write('\n');
  await store.command(
    `INSERT INTO blocks (hour, stream, partition, first_offset, last_offset, planned_at, rule_version, checksum, records, accepted, hour_accepted)
     SELECT toStartOfHour(received_at) AS hour, 'c/alerts/1', 0, min(offset), max(offset), max(planned_at), '1', '', count(), count(), count()
     FROM alerts GROUP BY hour`,
  );
}
