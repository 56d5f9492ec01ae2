import type { ReactNode } from 'react';

/** What the page is: above it, and in the browser's tab. */
export function Title(props: {
  readonly name: string;
  readonly about?: ReactNode;
  readonly children?: ReactNode;
}) {
  const { name, about, children } = props;
  return (
    <div className="title">
      <title>{`${name} · Tocsin`}</title>
      <div>
        <h1>{name}</h1>
        {about && <p>{about}</p>}
      </div>
      {children}
    </div>
  );
}
