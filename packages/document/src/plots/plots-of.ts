import type { Document, Plot } from '../document.ts';

/** Every plot of a document, in the order of the text. */
export const plotsOf = ({ sections }: Document): Plot[] =>
  sections.flatMap(({ blocks }) => blocks).filter((block) => block.kind === 'plot');
