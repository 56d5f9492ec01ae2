import { useMutation, useQueryClient } from '@tanstack/react-query';
import { held } from '../ask/problem.ts';
import { Failed } from '../parts/state.tsx';

/** Takes a token, which the browser keeps once the API believes it; the address stays that of the page that was asked for. */
export function GiveToken() {
  const queries = useQueryClient();
  const signIn = useMutation({
    mutationFn: keep,
    onSuccess: () => queries.resetQueries(),
  });
  return (
    <>
      {signIn.error && <Failed error={signIn.error} />}
      <p>
        Open the address that was shown at the start, or give a token: <code>npx tocsin token --help</code>
      </p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          signIn.mutate(String(new FormData(event.currentTarget).get('token')).trim());
        }}
      >
        <label>
          Token
          <input name="token" type="password" required autoComplete="off" spellCheck={false} />
        </label>
        <button type="submit" disabled={signIn.isPending}>
          Sign in
        </button>
      </form>
    </>
  );
}

async function keep(token: string): Promise<void> {
  // No header can carry it, and the API would be asked without one.
  if (!/^[\w.~+/-]+=*$/.test(token))
    throw new Error('A token has letters, digits and few signs, and no spaces: this is something else.');
  await held(fetch('/v1/session', { method: 'PUT', headers: { authorization: `Bearer ${token}` } }));
}
