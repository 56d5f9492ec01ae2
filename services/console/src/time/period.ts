import { useSearchParams } from 'wouter';
import { useAnswer } from '../ask/use-answer.ts';
import { faultOf } from './days.ts';
import { addDays, dayOf } from './london.ts';

/** London's days, the second not included. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

const DAYS = 28;
const EVER = { from: '2000-01-01', to: '2099-12-31' };

/** The day after the last one of which there is anything: up to there figures are shown, and on from there they live. */
export function useEnd(): { end: string | null; failed: Error | null } {
  const { data, error } = useAnswer('volume', { ...EVER, grain: 'day', order: '-time', limit: '1' });
  if (!data) return { end: null, failed: error };
  const last = data.rows[0]?.time ?? new Date().toISOString();
  return { end: addDays(dayOf(last), 1), failed: null };
}

/** The period that the address has, or the last days of what there is; null until that is known, or where it is wrong. */
export function usePeriod(days = DAYS) {
  const [search, setSearch] = useSearchParams();
  const { end, failed } = useEnd();
  const given = { from: search.get('from'), to: search.get('to') };
  const to = given.to ?? end;
  // Anybody may write an address: what is wrong with it is said before a day is reckoned with.
  const fault = faultOf(given.from, to);
  const from = given.from ?? (fault === null && to !== null ? addDays(to, -days) : null);
  const period: Period | null = fault === null && from !== null && to !== null ? { from, to } : null;
  const setPeriod = ({ from, to }: Period) =>
    setSearch((before) => {
      const after = new URLSearchParams(before);
      after.set('from', from);
      // What ends with the feed goes on with it.
      if (to === end) after.delete('to');
      else after.set('to', to);
      return after;
    });
  const resetPeriod = () =>
    setSearch((before) => {
      const after = new URLSearchParams(before);
      after.delete('from');
      after.delete('to');
      return after;
    });
  return { period, fault, end, failed, setPeriod, resetPeriod };
}
