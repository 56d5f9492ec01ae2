export { CONFIG } from './config.ts';
export { createDirectoryFeed, type DirectoryFeed } from './directory/feed.ts';
export { run } from './main.ts';
