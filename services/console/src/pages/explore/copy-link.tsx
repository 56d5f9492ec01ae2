import { Copy } from '../../parts/copy.tsx';
import type { Period } from '../../time/period.ts';

/** The page for somebody else, with its period as it is now: the address alone follows the feed. */
export function CopyLink({ period: { from, to } }: { period: Period }) {
  const link = new URL(location.href);
  link.searchParams.set('from', from);
  link.searchParams.set('to', to);
  return <Copy text={link.href}>Copy link</Copy>;
}
