export { CONFIG } from './config.ts';
export { run } from './main.ts';
export { holdTo, type Position, readPosition } from './position.ts';
export { loadScenario, scenarioFile, scenarioWeeks, shiftScenario } from './scenario/load.ts';
export { createRun } from './scenario/run.ts';
export type { TruthFile } from './scenario/truth/figures.ts';
