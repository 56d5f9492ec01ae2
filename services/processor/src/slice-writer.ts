import type { HourCount, Place, Slice } from '@tocsin/delivery';
import { type Alert, CATALOGUE } from '@tocsin/domain';
import { formatRow, ROW_BYTES } from './steps/format-row.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const FIRST_BYTES = 1 << 20;

interface Day {
  buffer: Buffer;
  at: number;
  rows: number;
}

/**
 * Collects a block's rows, a buffer for each day, and its accepted messages by hour. Buffers are used again
 * for the next block, so a block's slices hold only until `begin`.
 */
export class SliceWriter {
  readonly #prefix: Buffer;
  readonly #rowBytes: number;
  readonly #spare: Buffer[] = [];
  readonly #days = new Map<number, Day>();
  readonly #hours = new Map<number, number>();
  readonly #volumes = new Map<string, number>();
  #planned = Buffer.alloc(0);

  constructor({ stream, partition }: Place) {
    this.#prefix = Buffer.from(`${stream}\t${partition}\t`);
    this.#rowBytes = this.#prefix.length + ROW_BYTES;
  }

  begin(plannedAt: number): void {
    this.#planned = Buffer.from(new Date(plannedAt).toISOString().replace('T', ' ').slice(0, -1));
    for (const { buffer } of this.#days.values()) this.#spare.push(buffer);
    this.#days.clear();
    this.#hours.clear();
    this.#volumes.clear();
  }

  add(alert: Alert, offset: number): void {
    const day = this.#day(Math.floor(alert.receivedAt / DAY_MS));
    day.at = formatRow(day.buffer, day.at, this.#prefix, offset, this.#planned, alert);
    day.rows++;
    const hour = Math.floor(alert.receivedAt / HOUR_MS);
    this.#hours.set(hour, (this.#hours.get(hour) ?? 0) + 1);
    const code = CATALOGUE.has(alert.alertCode) ? alert.alertCode : 'unknown';
    this.#volumes.set(code, (this.#volumes.get(code) ?? 0) + alert.count);
  }

  slices(): Slice[] {
    return [...this.#days]
      .sort(([a], [b]) => a - b)
      .map(([number, { buffer, at, rows }]) => ({
        part: new Date(number * DAY_MS).toISOString().slice(0, 10),
        rows,
        body: buffer.subarray(0, at),
      }));
  }

  hours(): HourCount[] {
    return [...this.#hours]
      .sort(([a], [b]) => a - b)
      .map(([number, accepted]) => ({ hour: number * 3600, accepted }));
  }

  /** Alerts (the sum of N) by code; codes outside the catalogue under `unknown`. */
  volumes(): ReadonlyMap<string, number> {
    return new Map(this.#volumes);
  }

  #day(number: number): Day {
    let day = this.#days.get(number);
    if (!day) {
      day = { buffer: this.#spare.pop() ?? Buffer.allocUnsafe(FIRST_BYTES), at: 0, rows: 0 };
      this.#days.set(number, day);
    }
    if (day.buffer.length - day.at < this.#rowBytes) {
      const larger = Buffer.allocUnsafe(day.buffer.length * 2);
      day.buffer.copy(larger, 0, 0, day.at);
      day.buffer = larger;
    }
    return day;
  }
}
