import { createHash, timingSafeEqual } from 'node:crypto';
import type { Verify } from './verify.ts';
import type { Viewer } from './viewer.ts';

const OWNER: Viewer = { subject: 'owner', role: 'operations', party: null };

/** The token that stands in the address which is shown at the start: whoever reads that owns this machine. */
export function withAddressToken(token: string, verify: Verify): Verify {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const own = digest(token);
  return async (given) => (timingSafeEqual(digest(given), own) ? OWNER : verify(given));
}

/** Names of this machine: another's that leads here would be a foreign page's. */
export const isOwnName = (host: string | undefined): boolean =>
  /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host ?? '');
