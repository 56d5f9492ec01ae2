import { type ReactNode, useId } from 'react';

/** A part of a page, with what it is about above it. */
export function Card(props: {
  readonly title: string;
  readonly about?: ReactNode;
  readonly wide?: boolean;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}) {
  const { title, about, wide = false, action, children } = props;
  const id = useId();
  return (
    <section className={wide ? 'card wide' : 'card'} aria-labelledby={id}>
      <header>
        <div>
          <h2 id={id}>{title}</h2>
          {about && <p className="about">{about}</p>}
        </div>
        {action}
      </header>
      {children}
    </section>
  );
}

/** One figure that counts, with its unit and what it means. */
export function Tile(props: {
  readonly label: string;
  readonly value: string;
  readonly unit?: string;
  readonly note?: ReactNode;
  readonly mark?: 'good' | 'warn' | undefined;
}) {
  const { label, value, unit, note, mark } = props;
  return (
    <div className={mark ? `tile ${mark}` : 'tile'}>
      <dt>{label}</dt>
      <dd>
        <strong>{value}</strong> {unit && <span className="unit">{unit}</span>}
        {note && <p className="note">{note}</p>}
      </dd>
    </div>
  );
}

export function Tiles({ children }: { children: ReactNode }) {
  return <dl className="tiles">{children}</dl>;
}
