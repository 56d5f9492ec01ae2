export { CONFIG } from './config.ts';
export { run } from './main.ts';
export { rolloutAnswers } from './rollout-answers.ts';
