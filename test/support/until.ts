import { setTimeout as pause } from 'node:timers/promises';

const LOOK_AGAIN_MS = 25;
/** How long anything is waited for: longer than a machine takes on which two suites share the cores. */
export const PATIENCE_MS = 120_000;

/**
 * Asks until the answer is neither null nor false, and gives it.
 * @throws Error naming `what` was waited for, after `timeoutMs`
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T | null | false> | T | null | false,
  timeoutMs = PATIENCE_MS,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const asked = performance.now();
    const answer = await ask();
    if (answer !== null && answer !== false) return answer;
    const now = performance.now();
    if (now > deadline) throw new Error(`waited ${timeoutMs} ms in vain for ${what}`);
    // What is dear to ask is asked less often, or the asking would be most of what the engines do.
    await pause(Math.max(LOOK_AGAIN_MS, 10 * (now - asked)));
  }
}
