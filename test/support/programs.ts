// Duty: run the project's own programs as they are built, as an operator would: to their end, or as a server that is told to stop.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { projectRoot } from '../../server/root.ts';

/** A limit of file size stands for a full disk: the write fails in the same place. */
const underLimit = (kilobytes: number) => `ulimit -f ${kilobytes}; trap "" XFSZ; exec "$0" "$@"`;

let isBuilt = false;

/** The file that a start runs for this source, never older than it. From source every process would compile itself first. */
export function built(source: string): string {
  if (!isBuilt) execFileSync(process.execPath, ['server/cli/prepare.mjs'], { cwd: projectRoot });
  isBuilt = true;
  return join(projectRoot, 'dist', source.replace(/\.ts$/, '.js'));
}

/** Said and ended as it likes; `signal` kills it. */
export function startProgram(
  file: string,
  args: string[],
  env: Record<string, string>,
  { kilobytes = 0, signal }: { kilobytes?: number; signal?: AbortSignal | undefined } = {},
): ChildProcess {
  const command = [process.execPath, built(file), ...args];
  const [program, ...given] = kilobytes > 0 ? ['bash', '-c', underLimit(kilobytes), ...command] : command;
  return spawn(program!, given, {
    cwd: projectRoot,
    env: { ...process.env, NODE_ENV: 'test', LOG_LEVEL: 'silent', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    killSignal: 'SIGKILL',
    ...(signal ? { signal } : {}),
  });
}

export interface Ended {
  code: number | null;
  out: string;
  errors: string;
}

/** What it answered and said. */
export async function runProgram(file: string, args: string[], env: Record<string, string>): Promise<Ended> {
  const child = startProgram(file, args, env);
  const [out, errors] = await Promise.all([text(child.stdout!), text(child.stderr!), once(child, 'exit')]);
  return { code: child.exitCode, out, errors };
}

export interface ServerProcess {
  url: string;
  pid: number;
  /** Everything it has said so far, log lines and all. */
  said(): string;
  /** Answers its exit code; null where it was killed. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Resolves when it says where it is; rejects with what it said when it ends before, or when `signal` kills it. */
export function startServerProcess(
  env: Record<string, string>,
  { largestFileKilobytes = 0, signal }: { largestFileKilobytes?: number; signal?: AbortSignal } = {},
): Promise<ServerProcess> {
  const own = { PORT: '0', HOST: '127.0.0.1', SEED: 'facts', ...env };
  const child = startProgram('server/index.ts', [], own, { kilobytes: largestFileKilobytes, signal });
  let said = '';
  return new Promise((resolve, reject) => {
    const hear = (bytes: Buffer) => {
      said += bytes.toString();
      const url = /is at (http:\/\/\S+)/.exec(said)?.[1];
      if (url)
        resolve({
          url,
          pid: child.pid!,
          said: () => said,
          async stop(signal = 'SIGTERM') {
            if (child.exitCode === null && child.signalCode === null) {
              child.kill(signal);
              await once(child, 'exit');
            }
            return child.exitCode;
          },
        });
    };
    child.stdout!.on('data', hear);
    child.stderr!.on('data', hear);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${said}`)));
  });
}
