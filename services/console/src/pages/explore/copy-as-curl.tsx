import { useState } from 'react';
import { useViewer } from '../../ask/viewer.ts';

/** The same question for a terminal. */
export function CopyAsCurl({ address }: { address: string }) {
  const { role, party } = useViewer();
  const [copied, setCopied] = useState('');
  const token = `$(tocsin token --role ${role}${party === null ? '' : ` --party ${party}`})`;
  const command = `curl -H "Authorization: Bearer ${token}" '${location.origin}${address}'`;
  const copy = () => navigator.clipboard.writeText(command).then(() => setCopied(command));
  return (
    <>
      <button type="button" onClick={() => void copy()} title={command}>
        {copied === command ? 'Copied' : 'Copy as curl'}
      </button>
      <span role="status" className="visually-hidden">
        {copied === command && 'Copied to the clipboard'}
      </span>
    </>
  );
}
