import icon from '../icon.svg';
import { Failed, Loading } from '../parts/state.tsx';
import { SignInAtIssuer } from './at-issuer.tsx';
import { GiveToken } from './give-token.tsx';
import { useHow } from './how.ts';

/** For whoever has no token, or one that holds no longer. */
export function SignIn() {
  const { data: how, error } = useHow();
  return (
    <main className="sign-in">
      <title>Sign in · Tocsin</title>
      <img src={icon} alt="" width="56" height="56" />
      <h1>Sign in to Tocsin</h1>
      {error && <Failed error={error} />}
      {!how && !error && <Loading what="how to sign in" />}
      {how?.by === 'token' && <GiveToken />}
      {how?.by === 'issuer' && <SignInAtIssuer at={how} />}
    </main>
  );
}
