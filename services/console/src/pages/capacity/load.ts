import { percent } from '../../parts/amounts.ts';

/** What is left of a capacity: `12%`, and of what was beyond it, how far. */
export function headroomText(headroom: number | null): string {
  if (headroom === null) return '–';
  return headroom < 0 ? `None: ${loadText(headroom)}` : percent(headroom);
}

/** `105% of its capacity`, `84 times its capacity`: the load that left this headroom. */
export function loadText(headroom: number): string {
  const load = 1 - headroom;
  if (load < 2) return `${percent(load)} of its capacity`;
  return `${Number(load.toPrecision(3)).toLocaleString('en-GB')} times its capacity`;
}
