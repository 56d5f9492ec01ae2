const WIDTH = 30;
const PLAIN_MS = 5000;

/** How far long work has come, on standard error. */
export interface ProgressBar {
  show(done: number, of: number): void;
  end(): void;
}

interface Options {
  /** What is counted, in the plural. */
  readonly unit: string;
  /** What goes before, where several bars come one after another. */
  readonly title?: string;
  /** Say it in a line every five seconds where there is no terminal; else nothing is said there. */
  readonly plain?: boolean;
}

export function progressBar(
  { unit, title = '', plain = false }: Options,
  out: NodeJS.WriteStream = process.stderr,
): ProgressBar {
  const begun = performance.now();
  let drawn = false;
  let said = Number.NEGATIVE_INFINITY;
  const head = title === '' ? '' : `${title} `;
  return {
    show(done, of) {
      const now = performance.now();
      const text = progressText(done, of, unit, (now - begun) / 1000);
      if (out.isTTY) {
        out.write(`\r${head}${barOf(done, of)}${text}\x1b[K`);
        drawn = true;
      } else if (plain && now - said >= PLAIN_MS) {
        out.write(`${head}${text}\n`);
        said = now;
      }
    },
    end() {
      if (drawn) out.write('\n');
    },
  };
}

/** Nothing of a whole that isn't known. */
function barOf(done: number, of: number): string {
  if (!Number.isFinite(of)) return '';
  const filled = Math.round(shareOf(done, of) * WIDTH);
  return `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} `;
}

/**
 * `42% 420 of 1,000 rows, 7 s left`, by what `seconds` have brought so far; of a whole that isn't known (infinite) `420 rows, 60 a
 * second`.
 */
export function progressText(done: number, of: number, unit: string, seconds: number): string {
  if (!Number.isFinite(of)) {
    const pace = seconds > 0 ? `, ${whole.format(done / seconds)} a second` : '';
    return `${whole.format(done)} ${unit}${pace}`;
  }
  const share = shareOf(done, of);
  const left = share > 0 ? `, ${Math.ceil(seconds * (1 / share - 1))} s left` : '';
  return `${Math.floor(share * 100)}% ${whole.format(done)} of ${whole.format(of)} ${unit}${left}`;
}

const shareOf = (done: number, of: number) => (of > 0 ? Math.min(1, done / of) : 1);
const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
