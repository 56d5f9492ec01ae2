import { parseArgs } from 'node:util';
import type { Store } from '@tocsin/clickhouse';
import { createDirectoryFeed } from '@tocsin/processor';
import { startEngine } from '../support/fresh-store.ts';

const USAGE = `Usage: npm run bench:directory -- [options]

Fills a device history with two intervals a device, loads the processor's directory from it as at a start, and asks it
for random devices at random times. Prints bytes a device, seconds of loading, and look-ups a second on one core.

  --devices N   devices (30000000)
  --lookups N   look-ups (20000000)
  --json        print one JSON object
  --help
Exit codes: 0 measured; 1 failed; 2 wrong usage.
`;

const CHUNK = 1_000_000;
const HALF_YEAR_MS = 182 * 86_400_000;
const BEGIN = Date.UTC(2020, 1, 1);
const MOST_DRAWN = 4_000_000;
/** Devices are numbered all over the range of an EUI-64's lower part, as `fill` has it. */
const SPREAD = 2_654_435_761n;

/** Two rows a device: installed, and another firmware at a time of its own; a hub for every four devices. */
async function fill(store: Store, devices: number): Promise<void> {
  for (let from = 0; from < devices; from += CHUNK) {
    const count = Math.min(CHUNK, devices - from);
    await store.command(
      `INSERT INTO device_history (stream, partition, offset, planned_at, recorded_at, effective_at, device, source, event,
         kind, manufacturer, model, firmware, region, hub, supplier, network_operator)
       SELECT 'c/inventory/1', number % 4, number, now(), now(),
         fromUnixTimestamp64Milli(toInt64({begin:Int64} + if(number % 2 = 0, 0, 1 + cityHash64(number) % {length:UInt64})), 'UTC'),
         leftPad(hex(bitXor(intDiv(number, 2) * ${SPREAD}, 0x00DB)), 16, '0'), 'inventory',
         if(number % 2 = 0, 'installed', 'firmware-activated'),
         if(number % 2 = 0, ['CHF', 'GPF', 'ESME', 'GSME'][intDiv(number, 2) % 4 + 1], NULL),
         if(number % 2 = 0, 'Kestrel', NULL), if(number % 2 = 0, concat('KM-', toString(number % 7)), NULL),
         concat('3.', toString(number % 5)), if(number % 2 = 0, 'South', NULL),
         if(number % 2 = 0, leftPad(hex(bitXor(intDiv(number, 8) * 4 * ${SPREAD}, 0x00DB)), 16, '0'), NULL),
         if(number % 2 = 0, concat('sup-', toString(number % 13)), NULL), if(number % 2 = 0, concat('dno-', toString(number % 18)), NULL)
       FROM numbers({from:UInt64}, {count:UInt64})`,
      { begin: BEGIN, length: HALF_YEAR_MS, from: from * 2, count: count * 2 },
      { max_insert_threads: '1' },
    );
    process.stderr.write(`\r${from + count} of ${devices} devices written`);
  }
  process.stderr.write('\n');
}

/** Devices and times at random, drawn beforehand so that drawing isn't measured. */
function draw(devices: number, count: number) {
  const asks = { hi: new Uint32Array(count), lo: new Uint32Array(count), at: new Float64Array(count) };
  for (let i = 0; i < count; i++) {
    const id = (BigInt(Math.floor(Math.random() * devices)) * SPREAD) ^ 0xdbn;
    asks.hi[i] = Number(id >> 32n);
    asks.lo[i] = Number(id & 0xffff_ffffn);
    asks.at[i] = BEGIN + Math.random() * HALF_YEAR_MS;
  }
  return asks;
}

async function measure(devices: number, lookups: number) {
  const engine = await startEngine();
  try {
    const store = await engine.freshStore();
    await fill(store, devices);
    const feed = createDirectoryFeed(store);
    const before = process.memoryUsage();
    const begun = performance.now();
    await feed.follow();
    const loadSeconds = (performance.now() - begun) / 1000;
    const { directory } = feed;
    const after = process.memoryUsage();

    const asks = draw(devices, Math.min(lookups, MOST_DRAWN));
    const id = { hi: 0, lo: 0 };
    let found = 0;
    const asked = performance.now();
    for (let i = 0, ask = 0; i < lookups; i++, ask = ask + 1 < asks.at.length ? ask + 1 : 0) {
      id.hi = asks.hi[ask]!;
      id.lo = asks.lo[ask]!;
      const interval = directory.find(id, asks.at[ask]!);
      if (interval >= 0) found += directory.profile(interval) >= 0 ? 1 : 0;
    }
    const seconds = (performance.now() - asked) / 1000;
    if (found !== lookups) throw new Error(`of ${lookups} look-ups ${lookups - found} found nothing`);
    return {
      devices: directory.devices,
      intervals: directory.intervals,
      bytesADevice: directory.bytes / directory.devices,
      processBytesADevice: (after.rss - before.rss) / directory.devices,
      loadSeconds,
      lookupsASecond: Math.round(lookups / seconds),
    };
  } finally {
    await engine.stop();
  }
}

const { values } = parseArgs({
  options: {
    devices: { type: 'string', default: '30000000' },
    lookups: { type: 'string', default: '20000000' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const [devices, lookups] = [Number(values.devices), Number(values.lookups)];
if (values.help) process.stdout.write(USAGE);
else if (![devices, lookups].every((value) => Number.isInteger(value) && value > 0)) {
  process.stderr.write('error: --devices and --lookups are expected to be whole numbers above 0\n');
  process.exitCode = 2;
} else {
  const report = await measure(devices, lookups);
  process.stdout.write(
    values.json
      ? `${JSON.stringify(report)}\n`
      : `${report.devices} devices, ${report.intervals} intervals: ${report.bytesADevice.toFixed(1)} bytes a device ` +
          `(the process grew by ${report.processBytesADevice.toFixed(1)}), loaded in ${report.loadSeconds.toFixed(1)} s, ` +
          `${report.lookupsASecond} look-ups a second\n`,
  );
}
