import { expect, test } from 'vitest';
import { read } from './reading.ts';

const rate = (of: number, high: number | null) => ({
  activated: { silent: 0, of, share: high === null ? null : 0, low: high === null ? null : 0, high },
  control: null,
  difference: null,
});
const asked = {
  ...{ rollout: 'r2-pilot', name: 'Pilot', version: '2.02', actingParty: 'csp', to: null, activated: 2 },
  ...{ state: 'released', reason: '', threshold: 0.01, falseShare: 0.01, devices: [] },
};

test('that nobody fell silent speaks for a rollout only where few can be deaf', () => {
  expect(read({ ...asked, rate: rate(200, 0.019) })).toBe(
    'No silent device is known: on this account nothing speaks against going on with r2-pilot.',
  );
  expect(read({ ...asked, rate: rate(2, 0.658) })).toBe(
    "No silent device is known, but whether r2-pilot makes devices deaf can't be told by 2 devices, of which up to 65.8% may be.",
  );
  expect(read({ ...asked, rate: rate(0, null) })).toContain("can't be told by these.");
});

test('what is on hold stays so, whatever few devices say', () => {
  const held = { ...asked, state: 'on-hold', reason: 'deafness' };
  expect(read({ ...held, rate: rate(2, 0.658) })).toMatch(/may be\. It stays on hold for deafness\.$/);
  expect(read({ ...held, rate: rate(200, 0.019) })).toBe(
    'No silent device is known. It stays on hold for deafness.',
  );
});
