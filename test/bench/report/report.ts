import type { Share } from '../profile/groups.ts';
import type { ContenderFigures } from './figures.ts';
import type { Ratios } from './ratios.ts';

/** All that was measured; `--json` prints it as it is. */
export interface Report {
  readonly machine: {
    readonly cores: number;
    readonly cpu: string;
    readonly node: string;
    readonly clickhouse: string;
  };
  readonly course: {
    readonly messages: number;
    /** In Kafka's log, with key and compressed as it is. */
    readonly bytesAMessage: number;
    readonly partitions: number;
    readonly compression: string;
    readonly hours: number;
    readonly rounds: number;
  };
  readonly contenders: readonly ContenderFigures[];
  readonly ratios: Ratios;
  readonly profile: readonly Share[];
}
