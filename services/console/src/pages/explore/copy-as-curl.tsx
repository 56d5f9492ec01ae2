import { useState } from 'react';
import { useViewer } from '../../ask/viewer.ts';
import { useHow } from '../../sign-in/how.ts';

/** The same question for a terminal. */
export function CopyAsCurl({ address }: { address: string }) {
  const { role, party } = useViewer();
  const { data: how } = useHow();
  const [copied, setCopied] = useState('');
  // Tokens that are made here are believed only where no issuer's are.
  const token =
    how?.by === 'issuer'
      ? '$TOKEN'
      : `$(npx tocsin token --role ${role}${party === null ? '' : ` --party ${party}`})`;
  const command = `curl -H "Authorization: Bearer ${token}" '${location.origin}${address}'`;
  const copy = () => navigator.clipboard.writeText(command).then(() => setCopied(command));
  return (
    <div className="actions">
      <span role="status" className="note">
        {copied === command &&
          (how?.by === 'issuer'
            ? `Copied; put a token of ${new URL(how.issuer).host} in TOKEN`
            : 'Copied to the clipboard')}
      </span>
      <button type="button" onClick={() => void copy()} title={command} disabled={how === undefined}>
        {copied === command ? 'Copied' : 'Copy as curl'}
      </button>
    </div>
  );
}
