/** What the screen shows, at one moment. */
export interface Figures {
  readonly codes: readonly CodeFigures[];
  /** Records between committed offsets and the ends of the partitions; null until the processor says. */
  readonly lag: number | null;
  readonly rejected: number | null;
  readonly halted: number | null;
}

/** Alerts by what the responsible party can do about them; together they are all. */
export interface Split {
  readonly suppressible: number;
  readonly unstoppable: number;
  readonly alwaysOn: number;
  readonly protected: number;
  readonly unknown: number;
}

export interface CodeFigures extends Split {
  readonly code: string;
  readonly alerts: number;
  readonly messages: number;
  /** Alerts that the responsible party, or a released firmware, can stop now: some of those of any of the above. */
  readonly stoppableNow: number;
}

/** The sum of a metric over all its labels in Prometheus's text format; null where it has no sample. */
export function sumOf(metric: string, text: string): number | null {
  const samples = text
    .split('\n')
    .filter((line) => line.startsWith(`${metric} `) || line.startsWith(`${metric}{`));
  if (samples.length === 0) return null;
  return samples.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
}

/** Alerts a second by code, from readings of the last seconds. Counts that a restart set back give 0. */
export class Rates {
  readonly #window: {
    readonly at: number;
    readonly alerts: ReadonlyMap<string, number>;
  }[] = [];
  readonly #windowMs: number;

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /** @param at milliseconds of a clock that never goes back */
  add(codes: readonly Pick<CodeFigures, 'code' | 'alerts'>[], at: number): void {
    this.#window.push({
      at,
      alerts: new Map(codes.map(({ code, alerts }) => [code, alerts])),
    });
    while (this.#window.length > 2 && at - this.#window[0]!.at > this.#windowMs) this.#window.shift();
  }

  of(code: string): number {
    const first = this.#window[0];
    const last = this.#window.at(-1);
    if (first === undefined || last === undefined || last.at === first.at) return 0;
    const grown = (last.alerts.get(code) ?? 0) - (first.alerts.get(code) ?? 0);
    return Math.max(0, (grown * 1000) / (last.at - first.at));
  }
}
