import icon from '../icon.svg';

/** For whoever has no token, or one that holds no longer. */
export function SignIn() {
  return (
    <main className="sign-in">
      <title>Sign in · Tocsin</title>
      <img src={icon} alt="" width="56" height="56" />
      <h1>Sign in to Tocsin</h1>
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
    </main>
  );
}
