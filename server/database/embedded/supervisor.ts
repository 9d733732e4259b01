// Duty: keeps a database process running for whoever needs one: starts it, restarts it when it dies, stops it; shares the
// one that another process of the same machine already runs on the folder.
import { type ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Report, Task } from './child.ts';
import { answers, connectionString, FolderInUse, prepareFolder, socketPath } from './folder.ts';

export interface RunningDatabase {
  /** A connection string for any MongoDB client. Stays the same over restarts. */
  uri: string;
  stop(): Promise<void>;
  /** Of the process that serves, if this supervisor started it. */
  pid(): number | undefined;
  /** `listener` runs each time the database is back after its process died. */
  onRestart(listener: () => void): void;
}

type Log = (line: string, details?: object) => void;

/**
 * What a database allocates is bytes that are gone with their answer. V8's usual nursery lets three times 16 MB of them gather;
 * glibc gives back large pieces alone, once its threshold stands still (elsewhere the variable means nothing): see `slabBytes`.
 */
const nursery = '--max-semi-space-size=4';
const memoryEnv = { MALLOC_MMAP_THRESHOLD_: String(128 * 1024) };

const firstPause = 20;
const longestPause = 5_000;
const stopPatience = 10_000;

/** Starts the database of `dir`, or joins the one that is running there. Resolves when it answers. */
export async function startEmbeddedDatabase(options: { dir: string; log?: Log }): Promise<RunningDatabase> {
  const dir = prepareFolder(options.dir);
  const supervisor = new Supervisor({ dir }, options.log ?? (() => {}), true);
  await supervisor.start();
  return supervisor.running({ socket: socketPath(dir) });
}

/** For the command line: its own address, and no sharing: a folder that is open elsewhere is refused. */
export async function startDatabase(task: Task, log: Log = () => {}): Promise<RunningDatabase> {
  const dir = prepareFolder(task.dir);
  const supervisor = new Supervisor({ ...task, dir }, log, false);
  const port = await supervisor.start();
  // After a restart it must be the same port.
  if (task.port !== undefined) supervisor.task.port = port;
  return supervisor.running(task.port === undefined ? { socket: task.socket ?? socketPath(dir) } : { port });
}

class Supervisor {
  readonly task: Task;
  readonly #log: Log;
  readonly #share: boolean;
  readonly #listeners: (() => void)[] = [];
  #child: ChildProcess | undefined;
  #leave: (() => void) | undefined;
  #stopping = false;
  #pause = firstPause;

  constructor(task: Task, log: Log, share: boolean) {
    this.task = task;
    this.#log = log;
    this.#share = share;
  }

  running(address: { socket: string } | { port: number }): RunningDatabase {
    return {
      uri: connectionString(address),
      stop: () => this.#stop(),
      pid: () => this.#child?.pid,
      onRestart: (listener) => this.#listeners.push(listener),
    };
  }

  /** Resolves with the port when it listens on one. */
  async start(): Promise<number> {
    for (let attempt = 0; ; attempt++) {
      if (this.#share && (await answers(socketPath(this.task.dir)))) {
        this.#join();
        return 0;
      }
      try {
        return await this.#spawn();
      } catch (error) {
        if (!(error instanceof FolderInUse) || !this.#share || attempt > 100) throw error;
      }
      // Its owner is just starting or just ending.
      await pause(100);
    }
  }

  #spawn(): Promise<number> {
    const typescript = import.meta.url.endsWith('.ts');
    const file = fileURLToPath(new URL(typescript ? './child.ts' : './child.js', import.meta.url));
    const tsx = () => pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
    const execArgv = [nursery, ...(typescript ? ['--import', tsx()] : [])];
    const child = fork(file, [], {
      execArgv,
      env: { ...process.env, ...memoryEnv },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    return new Promise((resolve, reject) => {
      let ready = false;
      child.on('message', (report: Report) => {
        if (report.kind === 'log') this.#log(report.line, report.details);
        else if (report.kind === 'failed') {
          reject(report.inUse ? new FolderInUse(this.task.dir) : new Error(report.message));
        } else {
          ready = true;
          this.#child = child;
          this.#pause = firstPause;
          resolve(report.port);
        }
      });
      child.once('error', reject);
      child.once('exit', (code, signal) => {
        if (!ready) reject(new Error(`The database process ended at once (${signal ?? code})`));
        else {
          this.#child = undefined;
          if (!this.#stopping) void this.#restart(`process ended (${signal ?? code})`);
        }
      });
      child.send(this.task);
    });
  }

  /** Another process serves the folder: stay connected, to notice when it ends. */
  #join(): void {
    const socket = connect(socketPath(this.task.dir));
    socket.unref();
    this.#leave = () => socket.destroy();
    socket.on('error', () => {});
    socket.once('close', () => {
      this.#leave = undefined;
      if (!this.#stopping) void this.#restart('the process that served it ended');
    });
  }

  async #restart(reason: string): Promise<void> {
    this.#log('database restarts', { reason });
    while (!this.#stopping) {
      try {
        await this.start();
        break;
      } catch (error) {
        this.#log('database did not start', { reason: (error as Error).message });
        await pause(this.#pause);
        this.#pause = Math.min(longestPause, this.#pause * 2);
      }
    }
    if (this.#stopping) await this.#stop();
    else for (const listener of this.#listeners) listener();
  }

  async #stop(): Promise<void> {
    this.#stopping = true;
    this.#leave?.();
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    if (child.connected) child.send('stop', () => {});
    const timer = setTimeout(() => child.kill('SIGKILL'), stopPatience);
    await ended;
    clearTimeout(timer);
  }
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
