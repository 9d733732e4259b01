// Duty: a mark of this process, by which another on the same machine tells for certain that it lives no more. Compares no clocks; decides nothing.
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

export interface ProcessMark {
  /** One boot of one machine, and of it one numbering of processes: containers number theirs anew. */
  machine: string;
  pid: number;
  /** In ticks since the boot: tells a process from a later one of the same number. */
  started: string;
}

/** Null where the system does not say: only Linux does. */
export function ownMark(): ProcessMark | null {
  try {
    const { pid, started } = statOf('self');
    // Another numbering's `/proc` would lead to somebody else's process.
    if (pid !== process.pid) return null;
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return { machine: `${hostname()} ${boot} ${readlinkSync('/proc/self/ns/pid')}`, pid, started };
  } catch {
    return null;
  }
}

/** False wherever it cannot be told from here: on another machine, in another container, behind a hidden `/proc`. */
export function isKnownDead(mark: ProcessMark | null | undefined): boolean {
  if (!mark || !Number.isInteger(mark.pid) || mark.pid < 1 || ownMark()?.machine !== mark.machine)
    return false;
  try {
    process.kill(mark.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
  try {
    const { started, state } = statOf(mark.pid);
    return started !== mark.started || state === 'Z' || state === 'X';
  } catch {
    return false;
  }
}

function statOf(pid: number | 'self'): { pid: number; state: string; started: string } {
  const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The program's name may hold spaces and brackets; what follows its last bracket is fields 3 and on.
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  const [state, started] = [fields[0], fields[19]];
  if (!state || !started) throw new Error('This /proc tells something else.');
  return { pid: Number.parseInt(line, 10), state, started };
}
