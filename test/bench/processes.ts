import { readFileSync, writeFileSync } from 'node:fs';

/** Linux counts CPU time in hundredths of a second, whatever the kernel's own clock. */
const TICKS_PER_SECOND = 100;

/** What a process used while it was watched. `peakBytes`: resident memory. */
export interface Usage {
  readonly name: string;
  readonly cpuSeconds: number;
  readonly peakBytes: number;
}

/**
 * Watches processes from now on.
 * @returns ends the watch: what each used, and under `others` the CPU of everything else on the machine
 */
export function watch(pids: Readonly<Record<string, number>>): () => Usage[] {
  const begun = Object.entries(pids).map(([name, pid]) => ({ name, pid, cpu: cpuOf(pid) }));
  for (const { pid } of begun) writeFileSync(`/proc/${pid}/clear_refs`, '5');
  const busy = cpuOfAll();
  return () => {
    const used = begun.map(({ name, pid, cpu }) => ({
      name,
      cpuSeconds: cpuOf(pid) - cpu,
      peakBytes: peakOf(pid),
    }));
    const ours = used.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0);
    return [...used, { name: 'others', cpuSeconds: Math.max(0, cpuOfAll() - busy - ours), peakBytes: 0 }];
  };
}

function cpuOf(pid: number): number {
  // The name in brackets may hold anything; behind it the fields are numbered from 3 on.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
  return (Number(fields[14 - 3]) + Number(fields[15 - 3])) / TICKS_PER_SECOND;
}

function cpuOfAll(): number {
  const [, user, nice, system, , , irq, softirq] = readFileSync('/proc/stat', 'utf8')
    .split('\n', 1)[0]!
    .split(/ +/)
    .map(Number);
  return (user! + nice! + system! + irq! + softirq!) / TICKS_PER_SECOND;
}

function peakOf(pid: number): number {
  const [, kib] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kib) * 1024;
}
