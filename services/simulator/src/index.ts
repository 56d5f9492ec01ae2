export { CONFIG } from './config.ts';
export { run } from './main.ts';
export { type Position, readPosition } from './position.ts';
export { scenarioWeeks } from './scenario/load.ts';
