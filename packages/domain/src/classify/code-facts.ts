import type { CatalogueEntry } from '../catalogue.ts';

/** What the rules need to know of an alert code. */
export interface CodeFacts extends Pick<CatalogueEntry, 'criticality' | 'alwaysOn' | 'remoteParties'> {
  /** Whether it tells of a danger to people, so that it must never be switched off. */
  readonly safety: boolean;
}
