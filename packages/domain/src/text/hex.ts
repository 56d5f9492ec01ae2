/** What stands for "no hex digit": far enough below zero that a sum of four weighted digits stays negative. */
const NO_DIGIT = -0x20000;

const VALUES = new Int32Array(256).fill(NO_DIGIT);
for (let value = 0; value < 16; value++) {
  VALUES[value.toString(16).charCodeAt(0)] = value;
  VALUES[value.toString(16).toUpperCase().charCodeAt(0)] = value;
}

/** The value of an ASCII hex digit of either case; for any other byte a negative number of large magnitude. */
export function hexValue(byte: number): number {
  return VALUES[byte]!;
}
