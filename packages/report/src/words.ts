/** What stands in the store in single words, for people. */
const WORDS: Readonly<Record<string, string>> = {
  'not-a-dcc-user': 'its party is no DCC User',
  'role-not-eligible': 'its party’s role may not switch it off',
  'no-party': 'there is no party to ask',
  'credential-mismatch': 'it is addressed to another than its network operator',
  released: 'firmware is released',
  pilot: 'firmware is in a pilot',
  'on-hold': 'firmware is on hold',
  'on-hold-deafness': 'firmware is on hold, as it deafens devices',
  'han-unstable': 'firmware is released, but the home network is too unstable for it',
  none: 'none',
};

export const inWords = (name: string): string => WORDS[name] ?? name;

const ORDINALS = ['', 'second ', 'third '];

/** `highest day`, `second highest day`, … from 1 on. */
export const highestDay = (rank: number): string => `${ORDINALS[rank - 1] ?? `${rank}th `}highest day`;
