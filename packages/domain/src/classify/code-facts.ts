import type { CatalogueEntry } from '../catalogue.ts';

/** What the rules need to know of an alert code. */
export type CodeFacts = Pick<CatalogueEntry, 'criticality' | 'alwaysOn' | 'remoteParties' | 'safety'>;
