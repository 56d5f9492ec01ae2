import { clearScreenDown, cursorTo, moveCursor } from 'node:readline';
import type { WriteStream } from 'node:tty';

/** Draws lines over those drawn before; the terminal's own scrolling stays usable above. */
export function createScreen(terminal: WriteStream) {
  let drawn = 0;
  return {
    draw(lines: readonly string[]): void {
      moveCursor(terminal, 0, -drawn);
      cursorTo(terminal, 0);
      clearScreenDown(terminal);
      terminal.write(`${lines.join('\n')}\n`);
      drawn = lines.length;
    },
  };
}
