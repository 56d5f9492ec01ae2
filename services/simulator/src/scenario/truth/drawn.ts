import type { Day, Days } from '@tocsin/domain';
import type { Meaning } from '../meanings.ts';
import type { World } from '../world.ts';
import type { Ended } from './ended.ts';

export type Value = number | string | null;

/** What the figures of a truth are counted from. */
export interface Drawn {
  readonly world: World;
  readonly ended: Ended;
  readonly meanings: readonly Meaning[];
  /** Days that are told. */
  readonly from: Day;
  readonly to: Day;
  /** Days on which a region's feed has a gap. */
  readonly lost: ReadonlySet<Day>;
  /** Whether all of a window is told. */
  told(days: Days): boolean;
  /** Days of a window without gaps. */
  complete(days: Days): Day[];
  /** Alerts of these days by what they mean. */
  sum(days: readonly Day[], keep: (meaning: Meaning) => boolean): number;
  mean(days: readonly Day[], keep: (meaning: Meaning) => boolean): number;
}
