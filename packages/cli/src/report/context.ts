import type { Store } from '@tocsin/clickhouse';
import type { Day, Definition } from '@tocsin/report';

/** What every figure is measured from. */
export interface Context {
  store: Store;
  definition: Definition;
  /** London days of the period on which hours of the feed are missing. */
  incomplete: readonly Day[];
  /** The London day on which the store begins. */
  firstDay: Day | null;
  /** The last London day that the store has to its end; null where it is empty. */
  lastDay: Day | null;
  /** The first London day of which alerts are there one by one; null: of all. */
  keptFrom: Day | null;
}
