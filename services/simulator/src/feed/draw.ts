import { type Alert, createAlert, type Encoding, type RejectReason } from '@tocsin/domain';
import { breakFor } from './broken.ts';
import type { Devices } from './devices.ts';
import { type CodeProfile, WEIGHTED } from './profile.ts';
import type { Random } from './random.ts';
import { addRejected, addVolume, type Truth } from './truth.ts';

const TWO_32 = 4_294_967_296;
const MAX_DELAY_SECONDS = 30;
const WRONG_CLOCK_SECONDS = 3 * 365 * 86_400;

/** Shares of the messages that are drawn, each 0 to 1. */
export interface Shares {
  readonly encodings: Readonly<Record<Encoding, number>>;
  readonly duplicates: number;
  readonly rejects: number;
  /** Share of messages whose device has a clock that is wrong by up to three years. */
  readonly wrongClocks: number;
}

export interface Drawn {
  readonly alert: Alert;
  device: number;
  profile: CodeProfile;
  /** Why the message is to be broken so that it is rejected; null for a sound one. */
  reason: RejectReason | null;
}

/** Draws what devices do and keeps the truth of it. Fills one reused object. */
export function createDraw(random: Random, devices: Devices, shares: Shares, startMs: number, truth: Truth) {
  const drawn: Drawn = { alert: createAlert(), device: 0, profile: WEIGHTED[0]!, reason: null };
  // Request ids must not come again in a later run with the same seed, so counters begin at its start.
  const firstCounter = Math.floor(startMs) * 1000;

  return function draw(receivedAt: number): Drawn {
    const { alert } = drawn;
    const profile = WEIGHTED[random.below(WEIGHTED.length)]!;
    const home = random.below(devices.homes);
    const device = devices.indexOf(home, profile.kind);
    const counter = firstCounter + devices.sequence(device);
    drawn.device = device;
    drawn.profile = profile;
    alert.encoding = drawEncoding(random, shares.encodings, profile.messageCode !== null);
    devices.identify(device, alert.device);
    devices.identify(device, alert.originator);
    devices.party(home, profile.role, alert.target);
    alert.counterHi = Math.floor(counter / TWO_32);
    alert.counterLo = counter % TWO_32;
    alert.alertCode = profile.code;
    alert.messageCode = alert.encoding === 'json' ? 0 : (profile.messageCode ?? 0);
    alert.receivedAt = Math.floor(receivedAt);
    const behind = random.chance(shares.wrongClocks) ? WRONG_CLOCK_SECONDS : MAX_DELAY_SECONDS;
    alert.raisedAt = (Math.floor(receivedAt / 1000) - random.below(behind)) * 1000;
    // A raw GBCS alert carries no ThrottledAlertCount.
    alert.count = alert.encoding === 'gbcs' ? 1 : 1 + random.below(profile.maxCount);
    drawn.reason = random.chance(shares.rejects) ? breakFor(alert.encoding, random.below(TWO_32)) : null;
    if (drawn.reason === null) addVolume(truth.accepted, alert.alertCode, alert.encoding, alert.count);
    else addRejected(truth, drawn.reason);
    return drawn;
  };
}

function drawEncoding(random: Random, shares: Shares['encodings'], hasGbcs: boolean): Encoding {
  const gbcs = hasGbcs ? shares.gbcs : 0;
  const json = shares.json || (shares.duis || gbcs ? 0 : 1);
  const at = (random.below(TWO_32) / TWO_32) * (json + shares.duis + gbcs);
  if (at < json) return 'json';
  return at < json + shares.duis ? 'duis' : 'gbcs';
}
