import { addDays } from '@tocsin/domain';
import { question } from '../question.ts';
import { ASKED } from './asked.ts';
import { assess } from './assess.ts';
import { cautionOf } from './caution.ts';
import { readComponents, readDays, readGaps, readInstalled, readSlots, wholeDays } from './read.ts';
import { show } from './show.ts';
import { slotsOf } from './slots.ts';
import { TOLD } from './told.ts';
import { raise } from './what-if.ts';

const EIGHT_WEEKS = 56;

/** How much of what the network can take is left, when that is used up, and what would be if something were otherwise. */
export const capacity = question({
  name: 'capacity',
  summary:
    'load against capacity by component and end to end, headroom by day, and when a capacity is reached',
  of: 'network',
  example: '--from 2020-02-01 --to 2020-08-01 --without 8F3E',
  list: 'components',
  asked: ASKED,
  told: TOLD,
  async answer(store, { growthSince, raise: raised, without, ...period }) {
    const whole = wholeDays(period, Date.now());
    const [registered, { loads, without: otherLoads }, slotDays, gaps, installed] = await Promise.all([
      readComponents(store, period),
      readDays(store, period, without ?? []),
      readSlots(store, period),
      readGaps(store, period),
      readInstalled(store, period),
    ]);
    const since = growthSince ?? (whole.length > 0 ? addDays(whole.at(-1)!, 1 - EIGHT_WEEKS) : '');
    const known = { whole, since, gaps, installed };
    const other = raise(raised ?? new Map(), registered, [...(otherLoads ?? loads), ...slotDays]);
    const assessed = assess(registered, [...loads, ...slotDays], known);
    return {
      ...assessed,
      caution: cautionOf(assessed.components),
      slots: slotsOf(slotDays),
      whatIf:
        raised || without
          ? {
              raised: registered
                .filter(({ component }) => raised?.has(component))
                .map(({ component, capacity }) => ({
                  component,
                  from: capacity,
                  to: raised!.get(component)!,
                })),
              without: without ?? [],
              ...assess(other.registered, other.tightest, known),
            }
          : null,
    };
  },
  show,
});
