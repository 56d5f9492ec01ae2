import type { ReactNode } from 'react';
import { Link } from 'wouter';

export interface Bar {
  readonly key: string;
  readonly label: ReactNode;
  readonly note?: ReactNode;
  readonly value: number;
  readonly shown: string;
  /** Where a click leads. */
  readonly to?: string;
  readonly colour?: string;
}

/** Lengths to be compared, the greatest first; read as a list. */
export function Bars({ bars, label, unit }: { bars: readonly Bar[]; label: string; unit: string }) {
  const most = Math.max(...bars.map(({ value }) => value), 0) || 1;
  return (
    <>
      <p className="axis">{unit}</p>
      <ol className="bars" aria-label={`${label}, ${unit}`}>
        {bars.map(({ key, label, note, value, shown, to, colour }) => (
          <li key={key}>
            <span className="name">{to ? <Link href={to}>{label}</Link> : label}</span>
            <span className="shown">{shown}</span>
            <svg className="length" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
              <rect width={(100 * Math.max(0, value)) / most} height="1" fill={colour ?? 'var(--accent)'} />
            </svg>
            {note && <span className="note">{note}</span>}
          </li>
        ))}
      </ol>
    </>
  );
}
