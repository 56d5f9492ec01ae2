import { type Alert, createAlert, type Encoding, formatEui64 } from '@tocsin/domain';
import { breakFor, breakMessage } from '../feed/broken.ts';
import { encode } from '../feed/encode.ts';
import { createRandom, type Random } from '../feed/random.ts';
import type { Addressee, Addressees } from './addressees.ts';
import { type Calendar, HOUR_MS, londonHour } from './calendar.ts';
import { createCauses } from './causes.ts';
import { between, exponential, geometric } from './chance.ts';
import { deviceIds } from './device-id.ts';
import { type Hour, STRANGER } from './hours.ts';
import type { Meanings } from './meanings.ts';
import type { Stream } from './streams.ts';
import type { Tally } from './tally.ts';
import type { World } from './world.ts';

const TWO_32 = 4_294_967_296;
const LONGEST_DELAY = 600_000;
const DAY_MS = 86_400_000;
const REMEMBERED = 64;
/** Raised times are after this, as ZigBee's begin in 2000. */
const FIRST_CLOCK = Date.parse('2001-01-01T00:00:00Z');

export interface Message {
  readonly key: string | Buffer;
  readonly value: Buffer;
  /** ms since the epoch. */
  readonly timestamp: number;
}

export interface Raising {
  readonly world: World;
  readonly calendar: Calendar;
  readonly streams: readonly Stream[];
  readonly addressees: Addressees;
  readonly meanings: Meanings;
  readonly tally: Tally;
  readonly seed: number;
  /** Told of every alert that will be accepted. `home` is -1 for a stranger. */
  readonly witness: (stream: Stream | null, home: number, alert: Alert, meaning: number) => void;
}

/** Makes messages of an hour's events, in order of their receipt, but for those that are held on the way. */
export function createRaising(raising: Raising) {
  const { world, calendar, streams, addressees, meanings, tally, seed, witness } = raising;
  const { arrival, strangers, parties } = world.scenario;
  const identify = deviceIds(seed);
  const causes = createCauses(world, streams);
  const areas = Object.keys(world.scenario.regions);
  const gaps = arrival.gaps.map(({ region, from, to }) => ({
    region: areas.indexOf(region),
    from: londonHour(from),
    to: londonHour(to),
  }));
  const profiles = streams.map(({ code, process: { gbcs } }) => ({
    code,
    messageCode: gbcs?.['message-code'] ?? null,
    body: gbcs?.body ?? ('dlms' as const),
  }));
  const plain = { code: strangers.code, messageCode: null, body: 'dlms' as const };
  const alert = createAlert();
  const stranger: Addressee = { party: 0, eui64: alert.target, obstacle: '' };
  const recent: Message[] = [];
  const held = new Map<number, Message[]>();
  let counter = 0;

  const inGap = (region: number, at: number) =>
    gaps.some((gap) => gap.region === region && at >= gap.from && at < gap.to);

  function fill(at: number, raisedAt: number, to: Addressee, throttled: number, random: Random): void {
    alert.originator.hi = alert.device.hi;
    alert.originator.lo = alert.device.lo;
    alert.target.hi = to.eui64.hi;
    alert.target.lo = to.eui64.lo;
    // A device's counter only grows: it is the time, and thousandths of it that no two messages share.
    const number = at * 1000 + (counter++ % 1000);
    alert.counterHi = Math.floor(number / TWO_32);
    alert.counterLo = number % TWO_32;
    alert.receivedAt = at;
    alert.raisedAt = raisedAt;
    alert.count = alert.encoding === 'gbcs' ? 1 : geometric(random, throttled);
  }

  /** Sends what was filled in; true if it is one that counts. */
  function send(
    profile: (typeof profiles)[number],
    hour: number,
    random: Random,
    put: (one: Message) => void,
  ): boolean {
    const sound = encode(alert, profile);
    const id = formatEui64(alert.device);
    const timestamp = alert.receivedAt;
    if (random.chance(arrival.broken)) {
      const reason = breakFor(alert.encoding, random.below(TWO_32));
      tally.rejected[reason] = (tally.rejected[reason] ?? 0) + 1;
      tally.produced++;
      put({ key: id, value: breakMessage(sound, alert.encoding, reason), timestamp });
      return false;
    }
    const message = { key: id, value: sound, timestamp };
    tally.produced++;
    if (random.chance(arrival.held.share)) {
      tally.held++;
      const due = hour + Math.max(1, Math.round(between(random, ...arrival.held.hours)));
      held.set(due, [...(held.get(due) ?? []), message]);
      return true;
    }
    put(message);
    if (arrival.duplicates > 0) repeat(message, random, put);
    return true;
  }

  function repeat(message: Message, random: Random, put: (one: Message) => void): void {
    recent[counter % REMEMBERED] = message;
    if (!random.chance(arrival.duplicates)) return;
    const again = recent[random.below(recent.length)];
    if (again === undefined) return;
    tally.duplicates++;
    tally.produced++;
    put(again);
  }

  function drawStranger(
    number: number,
    at: number,
    day: number,
    hour: number,
    random: Random,
    put: (one: Message) => void,
  ) {
    identify(world.homes + number, 0, alert.device);
    alert.encoding = 'json';
    alert.alertCode = plain.code;
    alert.messageCode = 0;
    addressees.importSupplier(number % parties.suppliers.length, stranger);
    fill(at, at - Math.floor(exponential(random, 1000)), stranger, 1, random);
    const meaning = meanings.ofStranger(plain.code, stranger);
    if (!send(plain, hour, random, put)) return;
    tally.add(day, meaning, alert.count);
    witness(null, -1, alert, meaning);
  }

  function drawEvent(
    stream: Stream,
    home: number,
    at: number,
    luck: number,
    day: number,
    hour: number,
    random: Random,
    put: (one: Message) => void,
  ): void {
    const profile = profiles[stream.index]!;
    alert.encoding = encodingOf(random, arrival.encodings, profile.messageCode !== null);
    alert.alertCode = stream.code;
    alert.messageCode = alert.encoding === 'json' ? 0 : (profile.messageCode ?? 0);
    // DUIS has no room for the device's time but in a GBCS message.
    const timeless = alert.encoding === 'duis' && profile.messageCode === null;
    const wrongClock = (world.wrongClock[home]! & (1 << stream.kind)) !== 0;
    const late = !timeless && !wrongClock && random.chance(arrival.late.share);
    const delay =
      timeless || wrongClock
        ? 0
        : late
          ? between(random, ...arrival.late.hours) * HOUR_MS
          : Math.min(LONGEST_DELAY, exponential(random, arrival.delay * 1000));
    const raised = Math.floor(at - delay);
    const since = Math.floor(raised / 1000);
    if (!causes.raises(stream, home, since, luck)) return;
    const to = addressees.of(stream, home, since);
    const meaning = meanings.of(stream, home, to, since);
    identify(home, stream.kind, alert.device);
    fill(at, wrongClock ? clockOf(at, random) : raised, to, stream.process.throttled, random);
    if (inGap(world.region[home]!, at)) {
      tally.lost.alerts += alert.count;
      tally.lost.messages += 1;
      return;
    }
    if (!send(profile, hour, random, put)) return;
    if (late) tally.late++;
    if (wrongClock && !timeless) tally.clockSuspect++;
    tally.add(day, meaning, alert.count);
    witness(stream, home, alert, meaning);
  }

  function clockOf(at: number, random: Random): number {
    const off = Math.floor(between(random, ...arrival['wrong-clocks'].days) * DAY_MS);
    return Math.max(FIRST_CLOCK, random.chance(0.8) ? at - off : at + off);
  }

  return {
    /** Messages of an hour, the held ones of earlier hours first. */
    hour(hour: number, drawn: Hour, put: (one: Message) => void): void {
      const random = createRandom(seed ^ Math.imul(hour + 1, 0x165667b1));
      for (const message of held.get(hour) ?? []) put(message);
      held.delete(hour);
      const begin = calendar.begin + hour * HOUR_MS;
      const day = calendar.dayOf[hour] ?? calendar.days;
      for (let i = 0; i < drawn.length; i++) {
        const { at, stream, home, luck } = drawn.read(i);
        if (stream === STRANGER) drawStranger(home, begin + at, day, hour, random, put);
        else drawEvent(streams[stream]!, home, begin + at, luck, day, hour, random, put);
      }
    },
    /** What is still held when nothing more comes. */
    rest(put: (one: Message) => void): void {
      for (const hour of [...held.keys()].sort((a, b) => a - b))
        for (const message of held.get(hour)!) put(message);
      held.clear();
    },
  };
}

function encodingOf(random: Random, shares: Readonly<Record<Encoding, number>>, hasGbcs: boolean): Encoding {
  const gbcs = hasGbcs ? shares.gbcs : 0;
  const at = (random.below(TWO_32) / TWO_32) * (shares.json + shares.duis + gbcs);
  return at < shares.json ? 'json' : at < shares.json + shares.duis ? 'duis' : 'gbcs';
}
