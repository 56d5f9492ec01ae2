import { useState } from 'react';

/** Puts a text on the clipboard, and says so. @param said once it is there */
export function Copy(props: {
  readonly text: string;
  readonly said?: string;
  readonly disabled?: boolean;
  readonly children: string;
}) {
  const { text, said = 'Copied to the clipboard', disabled = false, children } = props;
  const [copied, setCopied] = useState('');
  const copy = () => navigator.clipboard.writeText(text).then(() => setCopied(text));
  return (
    <>
      <span role="status" className="note">
        {copied === text && said}
      </span>
      <button type="button" onClick={() => void copy()} title={text} disabled={disabled}>
        {copied === text ? 'Copied' : children}
      </button>
    </>
  );
}
