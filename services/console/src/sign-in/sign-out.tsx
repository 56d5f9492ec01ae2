import { useHow } from './how.ts';

/** For whoever came by the issuer: what came by an address of this machine's has nothing to leave. */
export function SignOut() {
  const { data: how } = useHow();
  if (how?.by !== 'issuer') return null;
  return (
    <button type="button" className="quiet" onClick={async () => (await import('./issuer.ts')).signOut(how)}>
      Sign out
    </button>
  );
}
