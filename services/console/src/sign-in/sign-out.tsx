import { useMutation } from '@tanstack/react-query';
import { held } from '../ask/problem.ts';
import { useHow } from './how.ts';

/** Ends the session, and where the issuer offers it that there too; what was shown goes with the page. */
export function SignOut() {
  const { data: how } = useHow();
  const signOut = useMutation({
    mutationFn: async () => {
      if (how?.by === 'issuer') return (await import('./issuer.ts')).signOut(how);
      await held(fetch('/v1/session', { method: 'DELETE' }));
      location.assign('/console/');
    },
  });
  if (!how) return null;
  return (
    <>
      <button type="button" className="quiet" onClick={() => signOut.mutate()} disabled={signOut.isPending}>
        Sign out
      </button>
      {signOut.error && <span role="alert">not signed out: {signOut.error.message}</span>}
    </>
  );
}
