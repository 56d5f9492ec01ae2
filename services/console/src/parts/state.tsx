import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { AskFailed } from '../ask/problem.ts';

/** What is shown instead of figures that there are none of. */
export function Empty({ children }: { children: ReactNode }) {
  return <p className="empty">{children}</p>;
}

export function Loading({ what }: { what: string }) {
  return (
    <div className="loading" role="status">
      <span className="visually-hidden">Loading {what}</span>
      <span className="bone" />
      <span className="bone" />
      <span className="bone" />
    </div>
  );
}

/** What the API says is wrong, with the fields that are. */
export function Failed({ error }: { error: Error }) {
  const problem = error instanceof AskFailed ? error.problem : null;
  return (
    <div className="failed" role="alert">
      <strong>{problem?.title ?? 'Something went wrong'}</strong>
      {problem?.errors ? (
        <ul>
          {problem.errors.map(({ field, value, expected }) => (
            <li key={field}>
              <code>{field}</code> {value && <q>{value}</q>}: {expected}
            </li>
          ))}
        </ul>
      ) : (
        <p>{problem?.detail ?? error.message}</p>
      )}
      {problem?.requestId && <small>Request {problem.requestId}</small>}
    </div>
  );
}

/** An answer once there is one; until then that it is under way, or what is wrong. */
export function Answer<T>(props: {
  readonly what: string;
  readonly of: UseQueryResult<T>;
  readonly children: (told: T) => ReactNode;
}) {
  const { what, of, children } = props;
  if (of.data !== undefined)
    return (
      <div>
        {of.error && <Failed error={of.error} />}
        {children(of.data)}
      </div>
    );
  return of.error ? <Failed error={of.error} /> : <Loading what={what} />;
}
