import { describe, expect, it } from 'vitest';
import { createLogger } from './logger.ts';

function logged(write: (log: ReturnType<typeof createLogger>) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  write(createLogger({ level: 'info', name: 'test', to: { write: (line) => void lines.push(line) } }));
  return lines.map((line) => JSON.parse(line));
}

describe('createLogger', () => {
  it('writes one JSON line with level, name and time', () => {
    const [line] = logged((log) => log.info({ partition: 3, firstOffset: 12n }, 'planned'));
    expect(line).toMatchObject({
      level: 'info',
      name: 'test',
      partition: 3,
      firstOffset: 12,
      msg: 'planned',
    });
    expect(line?.time).toMatch(/^\d{4}-\d\d-\d\dT/);
  });

  it('masks secrets in fields, messages, errors and child bindings', () => {
    const lines = logged((log) => {
      log.info({ password: 'hunter2', url: 'http://u:hunter2@h' }, 'to http://u:hunter2@h');
      log.error(new Error('http://u:hunter2@h is gone'));
      log.child({ token: 'hunter2' }).warn('http %s', 'http://u:hunter2@h');
    });
    expect(lines).toHaveLength(3);
    expect(JSON.stringify(lines)).not.toContain('hunter2');
    expect(lines[1]).toMatchObject({ err: { type: 'Error' }, msg: 'http://u:***@h is gone' });
  });

  it('keeps below its level', () => {
    expect(logged((log) => log.debug('fine'))).toEqual([]);
  });
});
