import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { FOLDER, filesOf } from './files.ts';
import { DASHBOARDS } from './index.ts';

const files = filesOf(DASHBOARDS);
mkdirSync(FOLDER, { recursive: true });
for (const name of readdirSync(FOLDER)) if (!files.has(name)) rmSync(new URL(name, FOLDER));
for (const [name, text] of files) writeFileSync(new URL(name, FOLDER), text);
