import type { InventoryMessage } from '@tocsin/domain';
import { connectKafka, createProducer, ensureTopics } from '@tocsin/kafka';
import type { Lane } from './lane.ts';
import { until } from './until.ts';

/** Tells of devices whose alerts are in the store already, so that all of it is late. */
export interface InventoryFeed {
  /** Installs some devices that nothing is known of, and changes the supplier of some others at any time. */
  tell(): Promise<void>;
  readonly told: number;
  /** Waits until all that was told is in the store, each event once, and every alert is as its device was. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

const AT_ONCE = 200;

export async function startInventoryFeed(lane: Lane): Promise<InventoryFeed> {
  const { brokers, env, store } = lane;
  const topic = env.INVENTORY_TOPIC as string;
  const kafka = connectKafka({ brokers: [brokers], clientId: 'test-inventory' });
  await ensureTopics(kafka, [topic]);
  const producer = await createProducer(kafka);
  const installed = new Map<string, [from: number, to: number]>();
  let told = 0;

  const event = (device: string, at: number, rest: object) => {
    const deviceId = device.match(/../g)!.join('-');
    const base = { v: 1, eventId: `event-${++told}`, deviceId, effectiveAt: new Date(at).toISOString() };
    const message = { ...base, ...rest } as InventoryMessage;
    return { key: deviceId, value: Buffer.from(JSON.stringify(message)) };
  };

  return {
    get told() {
      return told;
    },
    async tell() {
      const devices = await store.rows<{ device: string; from: number; to: number }>(
        `SELECT device, toUnixTimestamp64Milli(min(received_at)) AS from, toUnixTimestamp64Milli(max(received_at)) AS to
         FROM alerts GROUP BY device ORDER BY cityHash64(device, {round:UInt32}) LIMIT ${AT_ONCE}`,
        { round: told },
      );
      const events = devices.map(({ device, from, to }, n) => {
        if (!installed.has(device)) {
          installed.set(device, [from, to]);
          return event(device, from - 86_400_000 * (n % 3), {
            event: 'installed',
            kind: 'ESME',
            manufacturer: 'Kestrel',
            model: 'KM-200',
            firmware: '3.4.0',
            supplier: `sup-${n % 7}`,
          });
        }
        const at = from + Math.floor(((to - from) * (n % 10)) / 10);
        return event(device, at, { event: 'supplier-changed', supplier: `sup-${told % 9}` });
      });
      await producer.send(topic, events);
    },
    async settled() {
      await until('the inventory to be in the store', async () => {
        const [row] = await store.rows<{ n: number }>(
          "SELECT count() AS n FROM device_history WHERE source = 'inventory'",
        );
        return row?.n === told;
      });
      await until('every row to be as its device was', async () => (await countMisattributed(lane)) === 0);
    },
    close: () => producer.close(),
  };
}

/** Rows of which the supplier is not what the device history says of the row's time: asked of SQL alone. */
export async function countMisattributed({ store }: Pick<Lane, 'store'>): Promise<number> {
  const [row] = await store.rows<{ n: number }>(
    `SELECT count() AS n FROM (
       SELECT any(supplier) AS is, argMaxIf(changed, (effective_at, partition, offset), effective_at <= at) AS should
       FROM (
         SELECT stream AS s, partition AS p, offset AS o, device, supplier,
           if(raised_at IS NULL OR received_at - raised_at > 604800 OR raised_at - received_at > 3600,
             received_at, assumeNotNull(raised_at)) AS at
         FROM raw_alerts(target = '', seconds = 3600, from = '2020-01-01 00:00:00', to = '2030-01-01 00:00:00')
       ) AS alert
       LEFT JOIN (
         SELECT device, partition, offset, effective_at, assumeNotNull(device_history.supplier) AS changed
         FROM device_history WHERE device_history.supplier IS NOT NULL
       ) AS told ON told.device = alert.device
       GROUP BY s, p, o
       HAVING is != should
     )`,
  );
  return row!.n;
}
