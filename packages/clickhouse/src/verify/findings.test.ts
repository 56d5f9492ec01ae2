import { describe, expect, it } from 'vitest';
import { addFinding, EXAMPLES, mergeFindings, noFindings, settled } from './findings.ts';
import type { CheckName } from './report.ts';

function findingsOf(check: CheckName, n: number, mayPass = false) {
  const findings = noFindings();
  for (let i = 0; i < n; i += 1) addFinding(findings, { check, detail: String(i) }, mayPass);
  return findings;
}

describe('findings', () => {
  it('counts every one and keeps a few examples of each check', () => {
    const { violations, differences } = mergeFindings([
      findingsOf('rows-missing', EXAMPLES - 1),
      findingsOf('rows-missing', 100),
      findingsOf('block-order', 2),
    ]);
    expect(violations).toEqual({ 'rows-missing': EXAMPLES + 99, 'block-order': 2 });
    expect(differences.filter(({ check }) => check === 'rows-missing')).toHaveLength(EXAMPLES);
    expect(differences.filter(({ check }) => check === 'block-order')).toHaveLength(2);
  });
});

describe('settled', () => {
  it('looks again until nothing is under way', async () => {
    const runs = [findingsOf('rows-missing', 2, true), findingsOf('rows-missing', 1, true), noFindings()];
    expect(await settled(async () => runs.shift()!, performance.now() + 60_000)).toEqual(noFindings());
    expect(runs).toHaveLength(0);
  });

  it('does not wait for what cannot pass', async () => {
    const runs = [findingsOf('rows-excess', 1)];
    expect((await settled(async () => runs.shift()!, performance.now() + 60_000)).violations).toEqual({
      'rows-excess': 1,
    });
  });

  it('gives in at the end of its time', async () => {
    const findings = await settled(async () => findingsOf('rows-missing', 1, true), 0);
    expect(findings.violations).toEqual({ 'rows-missing': 1 });
  });
});
