import { expect, it } from 'vitest';
import { CATALOGUE } from './catalogue.ts';
import { readAlertCode } from './text/alert-code.ts';

it('holds every device code of the list, and the DCC alert codes beside them', () => {
  const entries = [...CATALOGUE.values()];
  expect(entries.filter((entry) => entry.raisedBy === 'device')).toHaveLength(185);
  expect(entries.filter((entry) => entry.raisedBy === 'dcc').map((entry) => entry.code)).toContain('AD1');
});

it('reads names with commas, empty and several parties', () => {
  expect(CATALOGUE.get('8F3E')).toEqual({
    code: '8F3E',
    name: 'Unauthorised Communication Access attempted',
    raisedBy: 'device',
    criticality: 'critical',
    mandate: 'mandated',
    alwaysOn: 'Y',
    remoteParties: ['WAN Provider', 'Access Control Broker', 'Supplier'],
    safety: false,
    source: 'meter-manual',
  });
  expect(CATALOGUE.get('8F60')?.name).toBe(
    'Unusual numbers of malformed, out-of-order or unexpected Commands received',
  );
  expect(CATALOGUE.get('8F12')?.remoteParties).toEqual([]);
  expect(CATALOGUE.get('8F43')?.alwaysOn).toBe('n/a');
});

it('marks the codes that tell of a danger to people', () => {
  const safety = [...CATALOGUE.values()].filter((entry) => entry.safety);
  expect(safety.map(({ code }) => code)).toEqual(['81B8']);
});

it('has only codes that the decoder writes the same way, and a name for each', () => {
  for (const { code, name } of CATALOGUE.values()) {
    expect(readAlertCode(Buffer.from(code), 0, code.length)).toBe(code);
    expect(name).not.toMatch(/^\s*$|"/);
  }
});
