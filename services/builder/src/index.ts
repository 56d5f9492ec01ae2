export { CONFIG } from './config.ts';
export { run } from './main.ts';
