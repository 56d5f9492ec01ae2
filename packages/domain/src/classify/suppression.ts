import type { DeviceAttributes } from '../device.ts';
import type { CodeFacts } from './code-facts.ts';
import { type ServiceRequestLever, stateAt } from './lever.ts';
import type { PartyIndex } from './party-index.ts';
import type { Responsible } from './responsible-party.ts';

/** What the responsible party can do about an alert. */
export const SUPPRESSIONS = ['unknown', 'protected', 'always-on', 'unstoppable', 'suppressible'] as const;
export type Suppression = (typeof SUPPRESSIONS)[number];

/** Why. `service-request`: by one; `service-request-unavailable`: it could, were that one not out of service. */
export const SUPPRESSION_REASONS = [
  'unknown-device',
  'unknown-code',
  'safety',
  'code',
  'device-kind',
  'no-party',
  'credential-mismatch',
  'not-a-dcc-user',
  'role-not-eligible',
  'service-request-unavailable',
  'already-suppressed',
  'service-request',
] as const;
export type SuppressionReason = (typeof SUPPRESSION_REASONS)[number];

export interface Verdict {
  readonly suppression: Suppression;
  readonly reason: SuppressionReason;
}

/** What is asked, in the order of the answers: the first that holds is the verdict. */
export interface Question {
  readonly code: string;
  /** Undefined for a code that isn't in the catalogue. */
  readonly facts: CodeFacts | undefined;
  readonly device: DeviceAttributes;
  readonly responsible: Responsible;
  readonly requests: readonly ServiceRequestLever[];
  readonly parties: PartyIndex;
  readonly at: number;
}

export function judgeSuppression(question: Question): Verdict {
  const { code, facts, device } = question;
  if (device.kind === '') return verdict('unknown', 'unknown-device');
  if (!facts) return verdict('unknown', 'unknown-code');
  if (facts.safety) return verdict('protected', 'safety');
  // What isn't known to be configurable can't be configured: log-only codes and alerts of the DCC's own systems.
  if (facts.criticality === 'critical' || facts.alwaysOn !== 'N') return verdict('always-on', 'code');
  const requests = question.requests.filter(({ deviceKinds }) =>
    deviceKinds.some((one) => one === device.kind),
  );
  if (requests.length === 0) return verdict('always-on', 'device-kind');
  const obstacle = findObstacle(question, requests);
  if (obstacle) return verdict('unstoppable', obstacle);
  return verdict('suppressible', device.suppressed.includes(code) ? 'already-suppressed' : 'service-request');
}

/** Why the responsible party can't send one of the requests that the device would take. */
function findObstacle(
  { responsible: { party, role, fault }, parties, at }: Question,
  requests: readonly ServiceRequestLever[],
): SuppressionReason | undefined {
  if (fault !== '') return fault;
  if (role === '') return 'no-party';
  if (!parties.isUser(party, role, at)) return 'not-a-dcc-user';
  const eligible = requests.filter(({ roles }) => roles.includes(role));
  if (eligible.length === 0) return 'role-not-eligible';
  const available = eligible.some(({ states }) => stateAt(states, at)?.state === 'available');
  return available ? undefined : 'service-request-unavailable';
}

function verdict(suppression: Suppression, reason: SuppressionReason): Verdict {
  return { suppression, reason };
}
