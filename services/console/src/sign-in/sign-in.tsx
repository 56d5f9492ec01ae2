import icon from '../icon.svg';
import { Failed, Loading } from '../parts/state.tsx';
import { SignInAtIssuer } from './at-issuer.tsx';
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

function GiveToken() {
  return (
    <>
      <p>
        Open the address that was shown at the start, or give a token: <code>tocsin token --help</code>
      </p>
      <form action="/" method="get">
        <label>
          Token
          <input name="token" type="password" required autoComplete="off" spellCheck={false} />
        </label>
        <button type="submit">Sign in</button>
      </form>
    </>
  );
}
