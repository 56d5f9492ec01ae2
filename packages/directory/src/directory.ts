import type { DeviceAttributes, Eui64 } from '@tocsin/domain';
import { float64s, uint32s } from './columns.ts';
import { DeviceIndex } from './device-index.ts';
import { type Patch, Profiles } from './profiles.ts';

const NONE = 0xffffffff;
/** Marks the last interval of a device: intervals of one stand together. */
const LAST = 0x80000000;
const PROFILE = 0x7fffffff;
const MOST_DROPPED = 100_000;

/**
 * What is known of every device, as of any time: intervals in typed arrays, at most 64 bytes for a device with two.
 * A device's history is always taken in whole, so that what arrives late needs no care: `begin`, `change` for each of
 * its events in the order in which they hold, `end`.
 */
export class Directory {
  readonly #devices = new DeviceIndex();
  readonly #profiles = new Profiles();
  /** By device: its first interval, NONE for one that is only known as somebody's hub. */
  readonly #first = uint32s();
  /** By interval: from when on it holds, ms. */
  #from = float64s();
  #profile = uint32s();
  /** The device number of the hub + 1, 0 for none. */
  #hub = uint32s();

  #known = 0;
  /** Intervals that no history has any more. */
  #dropped = 0;

  #device = 0;
  readonly #next = { from: [] as number[], profile: [] as number[], hub: [] as number[] };

  /** Devices with a history. */
  get devices(): number {
    return this.#known;
  }

  get intervals(): number {
    return this.#from.length - this.#dropped;
  }

  /** Memory of the arrays, without that of the attributes that devices have in common. */
  get bytes(): number {
    return this.#devices.bytes + this.#first.bytes + this.#from.bytes + this.#profile.bytes + this.#hub.bytes;
  }

  /** A number under which `change` takes the patch. */
  addPatch(patch: Patch): number {
    return this.#profiles.addPatch(patch);
  }

  /** Begins the history of a device, which replaces what was known of it. */
  begin(hi: number, lo: number): void {
    this.#device = this.#findOrAdd(hi, lo);
    const { from, profile, hub } = this.#next;
    from.length = profile.length = hub.length = 0;
  }

  /** @param hubHi with hubLo the hub whose HAN it has joined, 0 and 0 where that is unchanged */
  change(at: number, patch: number, hubHi: number, hubLo: number): void {
    const { from, profile, hub } = this.#next;
    const last = from.length - 1;
    const before = last < 0 ? this.#profiles.unknown : profile[last]!;
    const after = this.#profiles.change(before, patch);
    const oldHub = last < 0 ? 0 : hub[last]!;
    const newHub = hubHi === 0 && hubLo === 0 ? oldHub : this.#findOrAdd(hubHi, hubLo) + 1;
    if (last >= 0 && after === before && newHub === oldHub) return;
    // Of several changes at one time the last holds.
    const slot = last >= 0 && from[last] === at ? last : last + 1;
    from[slot] = at;
    profile[slot] = after;
    hub[slot] = newHub;
  }

  end(): void {
    const { from, profile, hub } = this.#next;
    const count = from.length;
    if (count === 0) return;
    if (this.#dropped > MOST_DROPPED + this.intervals / 4) this.#compact();
    const first = this.#room(count);
    for (let i = 0; i < count; i++) {
      this.#from.set(first + i, from[i]!);
      this.#profile.set(first + i, (profile[i]! | (i === count - 1 ? LAST : 0)) >>> 0);
      this.#hub.set(first + i, hub[i]!);
    }
  }

  /** The interval that holds at a time (ms); -1 where the device isn't known, or wasn't yet. */
  find({ hi, lo }: Eui64, at: number): number {
    const device = this.#devices.find(hi, lo);
    if (device < 0) return -1;
    const first = this.#first.get(device);
    if (first === NONE || this.#from.get(first) > at) return -1;
    let interval = first;
    while (this.#profile.get(interval) < LAST && this.#from.get(interval + 1) <= at) interval++;
    return interval;
  }

  /** The number of an interval's attributes, for callers that keep answers by it. */
  profile(interval: number): number {
    return this.#profile.get(interval) & PROFILE;
  }

  attributes(profile: number): DeviceAttributes {
    return this.#profiles.attributes(profile);
  }

  /** The communications hub on whose HAN the device is in an interval, 0 for none. */
  hub(interval: number, into: Eui64): void {
    const hub = this.#hub.get(interval) - 1;
    into.hi = hub < 0 ? 0 : this.#devices.hi(hub);
    into.lo = hub < 0 ? 0 : this.#devices.lo(hub);
  }

  #findOrAdd(hi: number, lo: number): number {
    const device = this.#devices.findOrAdd(hi, lo);
    if (device === this.#first.length) this.#first.push(NONE);
    return device;
  }

  /** The first of so many intervals of the device: where its old ones are, if they are enough, else at the end. */
  #room(count: number): number {
    const old = this.#first.get(this.#device);
    if (old === NONE) this.#known++;
    else {
      let room = 1;
      while (this.#profile.get(old + room - 1) < LAST) room++;
      if (room >= count) {
        this.#dropped += room - count;
        return old;
      }
      this.#dropped += room;
    }
    const first = this.#from.length;
    for (let i = 0; i < count; i++) {
      this.#from.push(0);
      this.#profile.push(0);
      this.#hub.push(0);
    }
    this.#first.set(this.#device, first);
    return first;
  }

  /** Leaves out what was dropped. Numbers of intervals are other ones afterwards. */
  #compact(): void {
    const [from, profile, hub] = [this.#from, this.#profile, this.#hub];
    this.#from = float64s();
    this.#profile = uint32s();
    this.#hub = uint32s();
    this.#dropped = 0;
    for (let device = 0; device < this.#first.length; device++) {
      const first = this.#first.get(device);
      if (first === NONE) continue;
      this.#first.set(device, this.#from.length);
      for (let interval = first, last = false; !last; interval++) {
        last = profile.get(interval) >= LAST;
        this.#from.push(from.get(interval));
        this.#profile.push(profile.get(interval));
        this.#hub.push(hub.get(interval));
      }
    }
  }
}
