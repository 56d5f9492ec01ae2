import { breakMessage } from './broken.ts';
import { createDevices } from './devices.ts';
import { createDraw, type Shares } from './draw.ts';
import { encode } from './encode.ts';
import { createRandom } from './random.ts';
import { addVolume, createTruth, type Truth } from './truth.ts';

const REMEMBERED = 256;

export interface FeedOptions {
  readonly seed: number;
  readonly devices: number;
  readonly shares: Shares;
  /** Received time of the first message, ms since the epoch. */
  readonly startMs: number;
  /** Time between the received times of two messages, ms; may be a fraction. */
  readonly spacingMs: number;
}

export interface FeedMessage {
  readonly key: Buffer;
  readonly value: Buffer;
  /** ms since the epoch. */
  readonly timestamp: number;
}

/** An endless feed: the same options give the same bytes. `truth` grows with each message drawn. */
export interface Feed {
  readonly truth: Truth;
  next(): FeedMessage;
}

interface Remembered {
  readonly message: FeedMessage;
  readonly code: string;
  readonly encoding: 'json' | 'duis' | 'gbcs';
  readonly alerts: number;
}

export function createFeed({ seed, devices: deviceCount, shares, startMs, spacingMs }: FeedOptions): Feed {
  const random = createRandom(seed);
  const devices = createDevices(deviceCount, seed);
  const truth = createTruth(seed, startMs);
  const draw = createDraw(random, devices, shares, startMs, truth);
  const recent: Remembered[] = [];

  function repeat(timestamp: number): FeedMessage {
    const { message, code, encoding, alerts } = recent[random.below(recent.length)]!;
    addVolume(truth.duplicates, code, encoding, alerts);
    return { ...message, timestamp };
  }

  function remember(entry: Remembered): void {
    if (recent.length < REMEMBERED) recent.push(entry);
    else recent[random.below(REMEMBERED)] = entry;
  }

  return {
    truth,
    next() {
      const receivedAt = startMs + truth.produced * spacingMs;
      const timestamp = Math.floor(receivedAt);
      truth.produced += 1;
      if (shares.duplicates > 0 && recent.length > 0 && random.chance(shares.duplicates))
        return repeat(timestamp);
      const { alert, device, profile, reason } = draw(receivedAt);
      const sound = encode(alert, profile);
      const key = devices.key(device);
      if (reason !== null)
        return {
          key,
          value: breakMessage(sound, alert.encoding, reason),
          timestamp,
        };
      const message = { key, value: sound, timestamp };
      if (shares.duplicates > 0) {
        remember({
          message,
          code: alert.alertCode,
          encoding: alert.encoding,
          alerts: alert.count,
        });
      }
      return message;
    },
  };
}
