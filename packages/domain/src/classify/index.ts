export type { CodeFacts } from './code-facts.ts';
export {
  FIRMWARE_STATES,
  type FirmwareLever,
  type Lever,
  type LeverState,
  SERVICE_REQUEST_STATES,
  type ServiceRequestLever,
} from './lever.ts';
export { type Party, type PartyRole, ROLES, type Role } from './party.ts';
export { REMEDIES, type Remedy } from './remedy.ts';
export { createRules, type Judgement, type RuleFacts, type Rules } from './rules.ts';
export { ALWAYS, type Span, within } from './span.ts';
export {
  SUPPRESSION_REASONS,
  SUPPRESSIONS,
  type Suppression,
  type SuppressionReason,
} from './suppression.ts';
