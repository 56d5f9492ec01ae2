export { type AppOptions, createApp } from './app.ts';
export { createAsker, type Limits } from './asker.ts';
export { CONFIG } from './config.ts';
export { developmentKey, developmentVerifier, signToken } from './guard/development.ts';
export { keysOf, type Trust, verifier } from './guard/verify.ts';
export { Refused, ROLES } from './guard/viewer.ts';
export { run } from './main.ts';
