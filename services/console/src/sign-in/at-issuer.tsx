import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import { Loading } from '../parts/state.tsx';
import type { AtIssuer } from './how.ts';

// Whoever is signed in needs none of it.
const issuer = () => import('./issuer.ts');

/** Leaves for the issuer, and takes its answer, after which one is where one was. */
export function SignInAtIssuer({ at }: { at: AtIssuer }) {
  const [location, navigate] = useLocation();
  const queries = useQueryClient();
  const answered = location === '/signed-in';
  const leave = useMutation({
    mutationFn: async () => (await issuer()).leave(at, answered ? null : location + window.location.search),
  });
  const arrive = useMutation({
    mutationFn: async () => (await issuer()).arrive(at),
    onSuccess: (whence) => {
      navigate(whence, { replace: true });
      return queries.resetQueries();
    },
  });
  // An answer can be taken once: what is rendered twice must not take it twice.
  const taken = useRef(false);
  useEffect(() => {
    if (!answered || taken.current) return;
    taken.current = true;
    arrive.mutate();
  }, [answered, arrive.mutate]);

  const error = leave.error ?? arrive.error;
  if (answered && !error) return <Loading what="your sign-in" />;
  return (
    <>
      {error && (
        <div className="failed" role="alert">
          <strong>You are not signed in</strong>
          <p>{reasonOf(error)}</p>
        </div>
      )}
      <p>
        You sign in at <b>{new URL(at.issuer).host}</b>, and come back to where you are.
      </p>
      <button type="button" disabled={leave.isPending} onClick={() => leave.mutate()}>
        Sign in
      </button>
    </>
  );
}

/** An issuer's refusal in its own words (RFC 6749, 4.1.2.1). */
function reasonOf(error: Error): string {
  const { error: code, error_description: description } = error as {
    error?: string;
    error_description?: string | null;
  };
  if (code === undefined) return error.message;
  return `The issuer refuses it: ${code}${description ? ` (${description})` : ''}`;
}
