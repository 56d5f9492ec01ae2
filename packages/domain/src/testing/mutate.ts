import type { Random } from './random.ts';

/** Pieces that mean something to one of the three readers. */
const TOKENS = [
  '[',
  '{',
  '{"a":',
  '"',
  '\\u0000',
  '\\ud800',
  '1e999',
  '-0',
  'null',
  '"__proto__":',
  '\uFEFF',
  '<',
  '</a>',
  '<!DOCTYPE x>',
  '<![CDATA[',
  '<!--',
  '&amp;',
  '&#0;',
  '&x;',
  'xmlns=""',
  '\u0000',
].map((token) => Buffer.from(token));

const BYTES = [
  0x00, 0x01, 0x7f, 0x80, 0x81, 0x82, 0x84, 0xff, 0xdd, 0xdf, 0x0f, 0x30, 0x02, 0x09, 0x0c, 0x12,
];

type Mutation = (bytes: Buffer, random: Random, other: Buffer) => Buffer;

const MUTATIONS: Record<string, Mutation> = {
  truncation: (bytes, random) => bytes.subarray(0, random.below(bytes.length + 1)),
  beheading: (bytes, random) => bytes.subarray(random.below(bytes.length + 1)),
  'bit flips': (bytes, random) => {
    const flipped = Buffer.from(bytes);
    for (let flips = 1 + random.below(4); flips > 0 && bytes.length > 0; flips--) {
      const at = random.below(bytes.length);
      flipped[at] = flipped[at]! ^ (1 << random.below(8));
    }
    return flipped;
  },
  'telling byte': (bytes, random) => {
    const changed = Buffer.from(bytes);
    if (bytes.length > 0) changed[random.below(bytes.length)] = random.pick(BYTES);
    return changed;
  },
  splice: (bytes, random, other) =>
    Buffer.concat([
      bytes.subarray(0, random.below(bytes.length + 1)),
      other.subarray(random.below(other.length + 1)),
    ]),
  transplant: (bytes, random, other) => {
    const at = random.below(Math.min(bytes.length, other.length) + 1);
    return Buffer.concat([bytes.subarray(0, at), other.subarray(at)]);
  },
  deletion: (bytes, random) => replace(bytes, random, random.below(12), Buffer.alloc(0)),
  insertion: (bytes, random) => replace(bytes, random, 0, random.bytes(1 + random.below(12))),
  repetition: (bytes, random) => {
    const from = random.below(bytes.length + 1);
    return replace(bytes, random, 0, bytes.subarray(from, from + random.below(40)));
  },
  token: (bytes, random) => {
    const tokens = Array.from({ length: 1 + random.below(3) }, () => random.pick(TOKENS));
    return replace(bytes, random, random.below(3), Buffer.concat(tokens));
  },
  nesting: (bytes, random) =>
    replace(bytes, random, 0, Buffer.from(random.pick(['[', '{"a":', '<a>']).repeat(200))),
  noise: (bytes, random) =>
    Buffer.concat([bytes.subarray(0, random.below(3)), random.bytes(random.below(300))]),
};

export const MUTATION_NAMES = Object.keys(MUTATIONS);

/** The bytes after one kind of harm; `other` is another message for the kinds that need two. */
export function mutate(name: string, bytes: Buffer, random: Random, other: Buffer): Buffer {
  return MUTATIONS[name]!(bytes, random, other);
}

function replace(bytes: Buffer, random: Random, count: number, by: Buffer): Buffer {
  const at = random.below(bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, at), by, bytes.subarray(at + count)]);
}
