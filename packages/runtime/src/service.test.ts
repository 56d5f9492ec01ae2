import { afterEach, describe, expect, it, vi } from 'vitest';
import { createLogger } from './logger.ts';
import { type Part, runService, untilSignalled } from './service.ts';

const log = createLogger({ level: 'silent', name: 'test' });

function recorder(events: string[], extra: Record<string, Partial<Part>> = {}): Part[] {
  return ['a', 'b', 'c'].map((name) => ({
    name,
    start: () => void events.push(`start ${name}`),
    stop: () => void events.push(`stop ${name}`),
    ...extra[name],
  }));
}

describe('runService', () => {
  it('starts in order, stops in reverse, and ends with 0 on the signal', async () => {
    const events: string[] = [];
    const controller = new AbortController();
    const parts = recorder(events, {
      c: {
        start: () => {
          events.push('start c');
          controller.abort('SIGTERM');
        },
      },
    });
    expect(await runService({ parts, log, signal: controller.signal })).toBe(0);
    expect(events).toEqual(['start a', 'start b', 'start c', 'stop c', 'stop b', 'stop a']);
  });

  it('stops what had begun when a start fails, and ends with 1', async () => {
    const events: string[] = [];
    const parts = recorder(events, { b: { start: () => Promise.reject(new Error('no broker')) } });
    expect(await runService({ parts, log, signal: new AbortController().signal })).toBe(1);
    expect(events).toEqual(['start a', 'stop b', 'stop a']);
  });

  it('does not wait for a start that hangs once signalled', async () => {
    const events: string[] = [];
    const controller = new AbortController();
    const hang = () => {
      controller.abort('SIGINT');
      return new Promise<void>(() => {});
    };
    expect(
      await runService({ parts: recorder(events, { b: { start: hang } }), log, signal: controller.signal }),
    ).toBe(0);
    expect(events).toEqual(['start a', 'stop b', 'stop a']);
  });

  it('ends with 0 when a part has done its work and with 1 when one fails', async () => {
    const { signal } = new AbortController();
    expect(await runService({ parts: recorder([], { a: { done: async () => {} } }), log, signal })).toBe(0);
    const failing = recorder([], { b: { done: () => Promise.reject(new Error('halted')) } });
    expect(await runService({ parts: failing, log, signal })).toBe(1);
  });

  it('goes on stopping past a stop that fails, and ends with 1', async () => {
    const events: string[] = [];
    const parts = recorder(events, {
      a: { done: async () => {} },
      b: { stop: () => Promise.reject(new Error('stuck')) },
    });
    expect(await runService({ parts, log, signal: new AbortController().signal })).toBe(1);
    expect(events).toContain('stop a');
  });

  it('gives up on stops that take longer than the limit', async () => {
    const parts = recorder([], { a: { done: async () => {}, stop: () => new Promise(() => {}) } });
    expect(await runService({ parts, log, signal: new AbortController().signal, stopTimeoutMs: 20 })).toBe(1);
  });
});

describe('untilSignalled', () => {
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
    process.removeAllListeners('SIGTERM').removeAllListeners('SIGINT');
  });

  it('takes the same Ctrl-C come twice for one, and ends the process at the next', () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const exit = vi.spyOn(process, 'exit').mockReturnValue(undefined as never);
    const signal = untilSignalled();
    expect(signal.aborted).toBe(false);
    process.emit('SIGINT');
    expect(signal.reason).toBe('SIGINT');
    vi.advanceTimersByTime(100);
    process.emit('SIGINT');
    expect(exit).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1000);
    process.emit('SIGTERM');
    expect(exit).toHaveBeenCalledWith(143);
  });
});
