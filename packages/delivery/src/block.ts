/** First and last offset of a block, both inclusive. They cover holes left by control or compacted records. */
export interface Bounds {
  readonly first: number;
  readonly last: number;
}

/** What became of a block's records: `records` is always the sum of the other three. */
export interface Tally {
  readonly records: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly duplicates: number;
}

/** A block's intent, made before anything of it is stored and never changed afterwards. */
export interface Plan extends Bounds {
  /** ms since the epoch; every decision about the block that needs a clock uses this one. */
  readonly plannedAt: number;
  /** Version of the rules that judged the records. */
  readonly rules: string;
  readonly tally: Tally;
  /** Over the rows, the rejections and the duplicates. */
  readonly checksum: string;
}

/** Accepted messages of one hour, or of what else a ledger counts by; `hour` is its start in seconds since the epoch. */
export interface HourCount {
  readonly hour: number;
  readonly accepted: number;
}

/** A block's rows of one table, and there of one partition: one insert, one part, so wholly in the store or not at all. */
export interface Slice {
  /** Tells the block's slices apart: a day `YYYY-MM-DD` (UTC) of the alerts, or the name of another table. */
  readonly part: string;
  readonly rows: number;
  /** The rows in the store's insert format. */
  readonly body: Uint8Array;
}

/** A sum over rows that have these labels in common. */
export interface Volume {
  readonly labels: Readonly<Record<string, string>>;
  readonly sum: number;
}

/** A block ready to be delivered. `R` is a rejection, of which this package knows nothing. */
export interface Block<R> {
  readonly plan: Plan;
  readonly hours: readonly HourCount[];
  readonly slices: readonly Slice[];
  readonly rejects: readonly R[];
  /** What the rows add up to, for metrics alone. */
  readonly volumes: readonly Volume[];
}

/** Where a block belongs: a stream is Kafka cluster id, topic and epoch. */
export interface Place {
  readonly stream: string;
  readonly partition: number;
}

/**
 * The deduplication token of a block's slice. It depends on the position alone, so that whoever delivers
 * the block, and however often, says the same token. `attempt` is above 0 only after the store has
 * acknowledged a token without keeping its rows.
 */
export function token(place: Place, bounds: Bounds, part: string, attempt = 0): string {
  const suffix = attempt > 0 ? `~${attempt}` : '';
  return `${place.stream}:${place.partition}:${bounds.first}-${bounds.last}:${part}${suffix}`;
}
