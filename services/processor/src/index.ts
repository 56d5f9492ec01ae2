export { CONFIG } from './config.ts';
export { type Corrector, createCorrector } from './corrections/corrector.ts';
export { createDirectoryFeed, type DirectoryFeed } from './directory/feed.ts';
export { run } from './main.ts';
export { blockPreparer } from './prepare-block.ts';
export { createSealedDays } from './sealing/sealed-days.ts';
export { Meanings } from './steps/classify.ts';
