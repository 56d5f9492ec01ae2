import type { Told } from '../../ask/questions.ts';

type Code = Told['codes']['codes'][number];

/** Those that somebody has something to say of first, all others by the name that the catalogue has. */
export function Entries({ codes }: { codes: readonly Code[] }) {
  const noted = codes.filter(({ safety, plain, mistakenFor }) => safety || plain || mistakenFor);
  const others = codes.filter((code) => !noted.includes(code));
  return (
    <>
      <ul className="codes">
        {noted.map((code) => (
          <Entry key={code.code} code={code} />
        ))}
      </ul>
      {others.length > 0 && (
        <section className="card others" aria-label="All others">
          <h2>All others, by the catalogue’s name</h2>
          <dl>
            {others.map(({ code, name, alwaysOn }) => (
              <div key={code}>
                <dt>{code}</dt>
                <dd>
                  {name || 'In no catalogue.'}
                  {alwaysOn === 'Y' && <span className="note"> · can’t be switched off</span>}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </>
  );
}

function Entry({ code: { code, name, plain, safety, alwaysOn, mistakenFor, smets1 } }: { code: Code }) {
  return (
    <li className={safety ? 'card safety' : 'card'}>
      <h2>{code}</h2>
      <p>{plain || name || 'In no catalogue.'}</p>
      {plain && name && <p className="note">Its name: {name}</p>}
      <ul className="chips">
        {safety && <li className="danger">Safety: never to be suppressed</li>}
        {alwaysOn === 'Y' && <li>Can’t be switched off</li>}
        {smets1 && <li>On SMETS1: {smets1}</li>}
      </ul>
      {mistakenFor && (
        <p className="warning">
          <b>Misleading:</b> mistaken for {mistakenFor}
        </p>
      )}
    </li>
  );
}
