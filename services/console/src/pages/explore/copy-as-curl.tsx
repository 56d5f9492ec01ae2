import { useViewer } from '../../ask/viewer.ts';
import { Copy } from '../../parts/copy.tsx';
import { useHow } from '../../sign-in/how.ts';

/** The same question for a terminal. */
export function CopyAsCurl({ address }: { address: string }) {
  const { role, party } = useViewer();
  const { data: how } = useHow();
  // Tokens that are made here are believed only where no issuer's are.
  const token =
    how?.by === 'issuer'
      ? '$TOKEN'
      : `$(npx tocsin token --role ${role}${party === null ? '' : ` --party ${party}`})`;
  return (
    <Copy
      text={`curl -H "Authorization: Bearer ${token}" '${location.origin}${address}'`}
      disabled={how === undefined}
      {...(how?.by === 'issuer' && {
        said: `Copied; put a token of ${new URL(how.issuer).host} in TOKEN`,
      })}
    >
      Copy as curl
    </Copy>
  );
}
