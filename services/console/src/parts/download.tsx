import { useState } from 'react';
import { downloadCsv } from '../ask/download.ts';
import { Failed } from './state.tsx';

/** Saves all rows of a question as a file. */
export function Download(props: {
  readonly address: string;
  readonly file: string;
  readonly children: string;
}) {
  const { address, file, children } = props;
  const [state, setState] = useState<'idle' | 'under-way' | Error>('idle');
  const download = () => {
    setState('under-way');
    downloadCsv(address, file).then(
      () => setState('idle'),
      (error: Error) => setState(error),
    );
  };
  return (
    <div className="download">
      <button type="button" onClick={download} disabled={state === 'under-way'}>
        {state === 'under-way' ? 'Downloading …' : children}
      </button>
      {state instanceof Error && <Failed error={state} />}
    </div>
  );
}
