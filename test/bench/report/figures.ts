import type { Run } from '../contender.ts';

/** The middle of several rounds, and how far they lie apart. */
export interface Figure {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

function figure(values: readonly number[]): Figure {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return {
    median: (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2,
    least: sorted[0]!,
    most: sorted.at(-1)!,
  };
}

/** A process's figures: CPU µs a message, peak resident memory in MiB. */
interface ProcessFigures {
  readonly cpuMicros: Figure;
  readonly peakMiB: Figure;
}

export interface ContenderFigures {
  readonly name: string;
  /** Messages a second, from the assignment of partitions on. */
  readonly visible: Figure;
  readonly built: Figure | null;
  /** The same from the start of the process or the view on. */
  readonly visibleWithStart: Figure;
  readonly builtWithStart: Figure | null;
  /** CPU µs a message of all its processes together. */
  readonly cpuMicros: Figure;
  readonly processes: Readonly<Record<string, ProcessFigures>>;
  /** Share of the machine that anything else took. */
  readonly othersShare: Figure;
}

export function figuresOf(
  name: string,
  runs: readonly Run[],
  messages: number,
  cores: number,
): ContenderFigures {
  const rate = (seconds: (run: Run) => number) => figure(runs.map((run) => messages / seconds(run)));
  const over = (value: (run: Run) => number) => figure(runs.map(value));
  const names = runs[0]!.usage.map((usage) => usage.name).filter((each) => each !== 'others');
  const used = (run: Run, process: string) => run.usage.find((usage) => usage.name === process)!;
  const cpu = (run: Run) => names.reduce((sum, each) => sum + used(run, each).cpuSeconds, 0);
  const stores = runs[0]!.built !== null;
  return {
    name,
    visible: rate(({ visible }) => visible),
    built: stores ? rate(({ built }) => built!) : null,
    visibleWithStart: rate(({ start, visible }) => start + visible),
    builtWithStart: stores ? rate(({ start, built }) => start + built!) : null,
    cpuMicros: over((run) => (cpu(run) * 1e6) / messages),
    processes: Object.fromEntries(
      names.map((each) => [
        each,
        {
          cpuMicros: over((run) => (used(run, each).cpuSeconds * 1e6) / messages),
          peakMiB: over((run) => used(run, each).peakBytes / 2 ** 20),
        },
      ]),
    ),
    othersShare: over((run) => used(run, 'others').cpuSeconds / ((run.built ?? run.visible) * cores)),
  };
}

/** How many times as fast, or as costly, the first is: round by round, so that a busy machine harms it less. */
export function ratio(
  runs: readonly Run[],
  others: readonly Run[],
  value: (run: Run) => number | null,
): Figure {
  return figure(runs.map((run, round) => value(run)! / value(others[round]!)!));
}
