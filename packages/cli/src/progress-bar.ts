const WIDTH = 30;

/** How far long work has come, on standard error; nothing where that is no terminal. */
export interface ProgressBar {
  show(done: number, of: number): void;
  end(): void;
}

/** @param unit what is counted, in the plural */
export function progressBar(unit: string, out: NodeJS.WriteStream = process.stderr): ProgressBar {
  const begun = performance.now();
  let shown = false;
  return {
    show(done, of) {
      if (!out.isTTY) return;
      const share = of > 0 ? Math.min(1, done / of) : 1;
      const filled = Math.round(share * WIDTH);
      const left = share > 0 ? ((performance.now() - begun) / 1000) * (1 / share - 1) : 0;
      const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
      out.write(
        `\r${bar} ${Math.floor(share * 100)}% ${done} of ${of} ${unit}, ${Math.ceil(left)} s left\x1b[K`,
      );
      shown = true;
    },
    end() {
      if (shown) out.write('\n');
    },
  };
}
