import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Course } from '../contender.ts';
import { runOurs } from '../contenders/ours.ts';
import { groupProfile, type Share } from './groups.ts';

const RECORD = new URL('./record.js', import.meta.url).href;

/** One more run of ours, its processor profiled from its start to its end, which makes it a little slower. */
export async function profileProcessor(course: Course): Promise<Share[]> {
  const file = join(tmpdir(), `tocsin-bench-${process.pid}.cpuprofile`);
  try {
    await runOurs(course, 'bench-profile', { NODE_OPTIONS: `--import=${RECORD}`, BENCH_PROFILE: file });
    return groupProfile(JSON.parse(await readFile(file, 'utf8')));
  } finally {
    await rm(file, { force: true });
  }
}
