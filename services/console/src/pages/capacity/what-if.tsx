import { useSearchParams } from 'wouter';
import type { Told } from '../../ask/questions.ts';
import { Card } from '../../parts/card.tsx';
import { boundsText, forecastText } from './forecast.ts';
import { headroomText, loadText } from './load.ts';

/** The codes that the address leaves out; empty: none. */
export const useWithout = (): string | undefined => useSearchParams()[0].get('without') || undefined;

/** How it would be without some codes: what stopping them is worth. */
export function WhatIf({ whatIf }: Pick<Told['capacity'], 'whatIf'>) {
  const [search, setSearch] = useSearchParams();
  const ask = (form: FormData) =>
    setSearch((before) => {
      const after = new URLSearchParams(before);
      const codes = String(form.get('without'))
        .toUpperCase()
        .split(/[\s,]+/)
        .filter(Boolean);
      if (codes.length === 0) after.delete('without');
      else after.set('without', codes.join(','));
      return after;
    });
  return (
    <Card title="What if" about="The same period as if some codes had been stopped" wide>
      <form action={ask} className="find">
        <label>
          <span>Without these codes</span>
          <input
            key={search.get('without')}
            name="without"
            defaultValue={search.get('without') ?? ''}
            placeholder="8F3E, 8F12"
            pattern="\s*[0-9A-Za-z]{3,4}([\s,]+[0-9A-Za-z]{3,4})*\s*"
            title="Alert codes such as 8F3E, 8F12"
            spellCheck={false}
          />
        </label>
        <button type="submit" className="primary">
          Reckon
        </button>
      </form>
      {whatIf && <Otherwise {...whatIf} />}
    </Card>
  );
}

function Otherwise({ without, endToEnd }: NonNullable<Told['capacity']['whatIf']>) {
  const { headroom, forecast } = endToEnd;
  const left =
    headroom !== null && headroom < 0
      ? `none would be left, the tightest minute would have ${loadText(headroom)}`
      : `${headroomText(headroom)} of capacity would be left in the tightest minute`;
  return (
    <p role="status">
      Without <b>{without.join(', ')}</b> {left}. Forecast: {forecastText(forecast)}
      {forecast && <span className="note"> {boundsText(forecast)}</span>}
    </p>
  );
}
