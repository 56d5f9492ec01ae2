import { asks } from '../volume/asked.ts';
import { queryOf } from '../volume/query.ts';
import { CLASS } from './classes.ts';
import { exported } from './export.ts';

/** Any volume, all of its rows. */
export const volume = exported({
  name: 'volume',
  summary: 'alerts, messages and devices by any dimensions, over time: all rows',
  example: '--class amber --from 2020-07-01 --to 2020-07-08 --by code,model,region --grain hour',
  asked: asks({ class: CLASS }),
  query: (asked, party, { text, time }) => queryOf(asked, party, { text, time }),
});
