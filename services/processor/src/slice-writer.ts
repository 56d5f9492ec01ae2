import { crc32 } from 'node:zlib';
import { formatHistoryRow } from '@tocsin/clickhouse';
import type { HourCount, Place, Slice, Volume } from '@tocsin/delivery';
import { type Alert, type DeviceChange, plainEui64 } from '@tocsin/domain';
import { Bytes } from './bytes.ts';
import type { Attribution } from './steps/attribute.ts';
import type { Meaning, VolumeLabels } from './steps/classify.ts';
import { CORE_BYTES, formatCore, formatRest, REST_BYTES } from './steps/format-row.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const FIRST_BYTES = 1 << 20;

interface Day {
  readonly bytes: Bytes;
  rows: number;
}

/**
 * Collects a block's rows, the bytes of each day apart, and its accepted messages by hour. Bytes are used again
 * for the next block, so a block's slices hold only until `begin`.
 */
export class SliceWriter {
  readonly #place: Place;
  readonly #prefix: Buffer;
  readonly #told: string[] = [];
  readonly #spare: Bytes[] = [];
  readonly #days = new Map<number, Day>();
  readonly #hours = new Map<number, number>();
  readonly #volumes = new Map<VolumeLabels, number>();
  /** The rows' cores alone: they are what a replay has to come to again. */
  readonly #cores = new Bytes(FIRST_BYTES);
  #plannedAt = 0;
  #planned = Buffer.alloc(0);

  constructor(place: Place) {
    this.#place = place;
    this.#prefix = Buffer.from(`${place.stream}\t${place.partition}\t`);
  }

  begin(plannedAt: number): void {
    this.#planned = Buffer.from(new Date(plannedAt).toISOString().replace('T', ' ').slice(0, -1));
    for (const { bytes } of this.#days.values()) this.#spare.push(bytes);
    this.#days.clear();
    this.#hours.clear();
    this.#volumes.clear();
    this.#cores.clear();
    this.#plannedAt = plannedAt;
    this.#told.length = 0;
  }

  add(alert: Alert, offset: number, attribution: Attribution, meaning: Meaning): void {
    const cores = this.#cores;
    cores.reserve(this.#prefix.length + CORE_BYTES);
    const from = cores.at;
    cores.at = formatCore(cores.buffer, from, this.#prefix, offset, this.#planned, alert);

    const day = this.#day(Math.floor(alert.receivedAt / DAY_MS));
    const { bytes } = day;
    bytes.reserve(cores.at - from + REST_BYTES + meaning.columns.length);
    bytes.at += cores.buffer.copy(bytes.buffer, bytes.at, from, cores.at);
    bytes.at = formatRest(bytes.buffer, bytes.at, attribution, meaning);
    day.rows++;

    const hour = Math.floor(alert.receivedAt / HOUR_MS);
    this.#hours.set(hour, (this.#hours.get(hour) ?? 0) + 1);
    this.#volumes.set(meaning.volume, (this.#volumes.get(meaning.volume) ?? 0) + alert.count);
  }

  /** What the alert tells of its device, for the device history. */
  tell(alert: Alert, offset: number, attribution: Attribution, change: DeviceChange): void {
    const { receivedAt: recordedAt } = alert;
    const entry = { ...this.#place, offset, plannedAt: this.#plannedAt, recordedAt, change };
    const device = plainEui64(alert.device);
    this.#told.push(
      formatHistoryRow({ ...entry, effectiveAt: attribution.at, device, source: 'device', eventId: '' }),
    );
  }

  slices(): Slice[] {
    const told = this.#told.length;
    const history = { part: 'device_history', rows: told, body: Buffer.from(this.#told.join('')) };
    const days = [...this.#days]
      .sort(([a], [b]) => a - b)
      .map(([number, { bytes, rows }]) => ({
        part: new Date(number * DAY_MS).toISOString().slice(0, 10),
        rows,
        body: bytes.written(),
      }));
    return told > 0 ? [...days, history] : days;
  }

  hours(): HourCount[] {
    return [...this.#hours]
      .sort(([a], [b]) => a - b)
      .map(([number, accepted]) => ({ hour: number * 3600, accepted }));
  }

  /** Over what the messages say, without what was known of their devices. */
  checksum(seed: number): number {
    return crc32(this.#cores.written(), seed);
  }

  /** Alerts (the sum of N) by what they mean. */
  volumes(): Volume[] {
    return [...this.#volumes].map(([labels, sum]) => ({ labels, sum }));
  }

  #day(number: number): Day {
    let day = this.#days.get(number);
    if (!day) {
      day = { bytes: this.#spare.pop() ?? new Bytes(FIRST_BYTES), rows: 0 };
      day.bytes.clear();
      this.#days.set(number, day);
    }
    return day;
  }
}
