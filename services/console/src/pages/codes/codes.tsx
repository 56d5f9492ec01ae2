import { useState } from 'react';
import type { Told } from '../../ask/questions.ts';
import { useAnswer } from '../../ask/use-answer.ts';
import { Title } from '../../layout/title.tsx';
import { Answer, Empty } from '../../parts/state.tsx';
import { Entries } from './entries.tsx';
import './codes.css';

type Code = Told['codes']['codes'][number];

/** What codes mean, in words that need no glossary, and the names that mislead. */
export function Codes() {
  const codes = useAnswer('codes', {});
  const [sought, setSought] = useState('');
  const [safety, setSafety] = useState(false);
  const [misleading, setMisleading] = useState(false);
  const words = sought.toLowerCase().split(/\s+/);
  const fits = (code: Code) => {
    const text = [code.code, code.name, code.plain, code.mistakenFor, code.smets1].join(' ').toLowerCase();
    const marked = (!safety || code.safety) && (!misleading || code.mistakenFor !== '');
    return marked && words.every((word) => text.includes(word));
  };
  return (
    <>
      <Title
        name="Codes"
        about="What alerts mean in plain words, which are about safety, and which names mislead."
      >
        <search className="find">
          <label>
            <span>Code or word</span>
            <input type="search" value={sought} onChange={({ target }) => setSought(target.value)} />
          </label>
          <button type="button" aria-pressed={safety} onClick={() => setSafety(!safety)}>
            Safety only
          </button>
          <button type="button" aria-pressed={misleading} onClick={() => setMisleading(!misleading)}>
            Misleading names only
          </button>
        </search>
      </Title>
      <Answer what="codes" of={codes}>
        {({ codes }) => {
          const found = codes.filter(fits);
          return (
            <>
              <p className="about" role="status">
                {found.length} of {codes.length} codes
              </p>
              {found.length === 0 ? <Empty>No code has that.</Empty> : <Entries codes={found} />}
            </>
          );
        }}
      </Answer>
    </>
  );
}
