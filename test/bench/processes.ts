// Duty: start a program for a bench, wait for it, read its processor time and memory, end it by id. Linux (/proc) only.
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { projectRoot } from '../../server/root.ts';

export interface Started {
  pid: number;
  /** First match of the pattern in what it printed. */
  match: RegExpExecArray;
  stop(): Promise<void>;
}

/** Starts node with these arguments; resolves when its output matches, rejects when it ends before. */
export function startNode(args: string[], env: Record<string, string>, ready: RegExp): Promise<Started> {
  const child: ChildProcess = spawn(process.execPath, args, {
    cwd: projectRoot,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  // A bench that is stopped or fails leaves nothing running.
  const end = () => void child.kill('SIGTERM');
  process.once('exit', end);
  child.once('exit', () => process.removeListener('exit', end));
  return new Promise((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-20_000);
      const match = ready.exec(output);
      if (match) resolve({ pid: child.pid!, match, stop: () => stop(child) });
    };
    child.stdout!.on('data', read);
    child.stderr!.on('data', read);
    child.once('exit', (code) =>
      reject(new Error(`${args.join(' ')} ended with ${code}: ${output.slice(-2000)}`)),
    );
  });
}

/** Runs node with these arguments to its end; rejects when it fails. */
export function runNode(args: string[], env: Record<string, string>): Promise<void> {
  const child = spawn(process.execPath, args, {
    cwd: projectRoot,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${args.join(' ')} ended with ${code}`)),
    );
  });
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}

/** The process and all its descendants. */
export function family(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // The process ended between listing and reading.
    }
  }
  const found = [pid];
  for (const member of found)
    for (const [id, parent] of parents) if (parent === member && !found.includes(id)) found.push(id);
  return found;
}

/** With its arguments, each ended by a NUL; empty when the process has ended meanwhile. */
export function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

const ticksPerSecond = 100;

/** Processor time used so far by the whole family, in milliseconds. */
export function cpuMilliseconds(pid: number): number {
  let ticks = 0;
  for (const id of family(pid)) {
    const stat = readFileSync(`/proc/${id}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    ticks += Number(fields[11]) + Number(fields[12]);
  }
  return (ticks * 1000) / ticksPerSecond;
}

/** Resolves when the family rests: what a start goes on with behind its first answers is not the load's to bear. Rejects after five minutes. */
export async function atRest(pid: number): Promise<void> {
  const until = performance.now() + 300_000;
  for (let before = cpuMilliseconds(pid), calm = 0; calm < 2; ) {
    await pause(500);
    const now = cpuMilliseconds(pid);
    calm = now - before < 50 ? calm + 1 : 0;
    before = now;
    if (performance.now() > until) throw new Error('The server never came to rest');
  }
}

/** Memory that belongs to the family alone (anonymous resident pages), in megabytes; file cache of the database is not counted. */
export function memoryMegabytes(pid: number, members = family(pid)): number {
  let kilobytes = 0;
  for (const id of members) {
    const status = readFileSync(`/proc/${id}/status`, 'utf8');
    kilobytes += Number(/RssAnon:\s+(\d+)/.exec(status)?.[1] ?? 0);
  }
  return kilobytes / 1024;
}
