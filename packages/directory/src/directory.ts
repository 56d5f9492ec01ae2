import type { DeviceAttributes, Eui64 } from '@tocsin/domain';
import { Hubs } from './hubs.ts';
import { type Patch, Profiles } from './profiles.ts';
import { Records } from './records.ts';

/**
 * What is known of every device, as of any time: intervals in typed arrays, at most 64 bytes for a device with two.
 * A device's history is always taken in whole, so that what arrives late needs no care: `begin`, `change` for each of
 * its events in the order in which they hold, `end`.
 */
export class Directory {
  readonly #records = new Records();
  readonly #profiles = new Profiles();
  readonly #hubs = new Hubs();
  /** The history that is being told. */
  #hi = 0;
  #lo = 0;
  readonly #times: number[] = [];
  readonly #values: number[] = [];
  readonly #joined: number[] = [];

  /** Devices with a history. */
  get devices(): number {
    return this.#records.size;
  }

  get intervals(): number {
    return this.#records.intervals;
  }

  /** Memory of the arrays, without that of the attributes that devices have in common. */
  get bytes(): number {
    return this.#records.bytes + this.#hubs.bytes;
  }

  /** A number under which `change` takes the patch. */
  addPatch(patch: Patch): number {
    return this.#profiles.addPatch(patch);
  }

  /** Begins the history of a device, which replaces what was known of it. */
  begin(hi: number, lo: number): void {
    this.#hi = hi;
    this.#lo = lo;
    this.#times.length = this.#values.length = this.#joined.length = 0;
  }

  /** @param hubHi with hubLo the hub whose HAN it has joined, 0 and 0 where that is unchanged */
  change(at: number, patch: number, hubHi: number, hubLo: number): void {
    const last = this.#times.length - 1;
    const before = last < 0 ? this.#profiles.unknown : this.#values[last]!;
    const after = this.#profiles.change(before, patch);
    const oldHub = last < 0 ? 0 : this.#joined[last]!;
    const newHub = hubHi === 0 && hubLo === 0 ? oldHub : this.#hubs.add(hubHi, hubLo);
    if (last >= 0 && after === before && newHub === oldHub) return;
    // Of several changes at one time the last holds.
    const slot = last >= 0 && this.#times[last] === at ? last : last + 1;
    this.#times[slot] = at;
    this.#values[slot] = after;
    this.#joined[slot] = newHub;
  }

  end(): void {
    if (this.#times.length === 0) return;
    this.#records.put(this.#hi, this.#lo, this.#times, this.#values, this.#joined);
  }

  /** The interval that holds at a time (ms), until the next `end`; -1 where the device isn't known, or wasn't yet. */
  find({ hi, lo }: Eui64, at: number): number {
    return this.#records.find(hi, lo, at);
  }

  /** The number of an interval's attributes, for callers that keep answers by it. */
  profile(interval: number): number {
    return this.#records.value(interval);
  }

  attributes(profile: number): DeviceAttributes {
    return this.#profiles.attributes(profile);
  }

  /** The communications hub on whose HAN the device is in an interval, 0 for none. */
  hub(interval: number, into: Eui64): void {
    this.#hubs.read(this.#records.hub(interval), into);
  }
}
