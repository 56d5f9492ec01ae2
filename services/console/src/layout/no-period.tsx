import { Failed, Loading } from '../parts/state.tsx';
import type { usePeriod } from '../time/period.ts';

/** What is shown where there is no period: what is wrong with that of the address, or that it isn't known yet. */
export function NoPeriod(
  props: Pick<ReturnType<typeof usePeriod>, 'fault' | 'failed' | 'resetPeriod'> & { readonly of: string },
) {
  const { fault, failed, resetPeriod, of } = props;
  if (fault === null) return failed ? <Failed error={failed} /> : <Loading what={of} />;
  return (
    <div className="failed" role="alert">
      <strong>The period in the address is wrong</strong>
      <p>{fault}</p>
      <button type="button" onClick={resetPeriod}>
        Show the last days of what there is
      </button>
    </div>
  );
}
