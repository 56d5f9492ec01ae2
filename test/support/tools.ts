import { spawnSync } from 'node:child_process';

/**
 * Says whether a tool is there that some suite can't do without. A missing one is named with how to get it,
 * and is a failure where CI runs.
 * @param name program that answers `--version`, or what `found` looks for
 * @param howToGet for example `apt-get install python3-venv`
 */
export function requireTool(name: string, howToGet: string, found = () => answers(name)): boolean {
  if (found()) return true;
  const report = `${name} is missing, get it by: ${howToGet}`;
  if (process.env.CI) throw new Error(report);
  process.stderr.write(`not run: ${report}\n`);
  return false;
}

function answers(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;
}
