import type { Asked, Told } from '@tocsin/answers';

export type { Asked, Told };
export type Name = keyof Told;

/** The address of a question: what its path names stands there, all else behind it. */
export function addressOf(path: string, asked: Readonly<Record<string, string | undefined>>): string {
  const rest = new URLSearchParams();
  let address = path;
  for (const [field, value] of Object.entries(asked)) {
    if (value === undefined) continue;
    if (path.includes(`:${field}`)) address = address.replace(`:${field}`, encodeURIComponent(value));
    else rest.set(field, value);
  }
  return rest.size === 0 ? address : `${address}?${rest}`;
}
