// Duty: have pages drawn in a process beside: drawing them and packing fonts would hold up everybody else. Knows no slice; what is drawn is a module's own.
import { type ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** A module that draws pages from what it is given, and asks no database and nobody. */
export interface PageModule {
  print(input: never): Promise<Uint8Array>;
}

export interface PrintOrder {
  id: number;
  /** Address of a {@link PageModule}. */
  module: string;
  /** As structured clone takes it. */
  input: unknown;
}
export type Printed = { id: number; content: Uint8Array } | { id: number; fault: string };

/** A printer without work holds memory for nothing. */
const idleMilliseconds = 30_000;
const typescript = import.meta.url.endsWith('.ts');

interface Waiting {
  resolve(content: Buffer): void;
  reject(error: Error): void;
}

class Printer {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  readonly #onEnd: () => void;
  #idle: NodeJS.Timeout | undefined;
  #last = 0;

  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
    const file = fileURLToPath(
      new URL(typescript ? './printerChild.ts' : './printerChild.js', import.meta.url),
    );
    const tsx = () => pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
    this.#child = fork(file, [], {
      execArgv: typescript ? ['--import', tsx()] : [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#rest();
    this.#child.on('message', (printed: Printed) => this.#take(printed));
    this.#child.once('error', (error) => this.#end(error));
    this.#child.once('exit', () => this.#end(new Error('The printing process ended')));
  }

  /** Nobody waits: the process may end. */
  #rest(): void {
    this.#child.unref();
    this.#child.channel?.unref();
  }

  print(order: Omit<PrintOrder, 'id'>): Promise<Buffer> {
    clearTimeout(this.#idle);
    this.#last += 1;
    const id = this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#child.ref();
      this.#child.channel?.ref();
      this.#child.send({ ...order, id } satisfies PrintOrder, (error) => error && reject(error));
    });
  }

  #take(printed: Printed): void {
    const waiting = this.#waiting.get(printed.id);
    this.#waiting.delete(printed.id);
    if ('content' in printed) waiting?.resolve(Buffer.from(printed.content));
    else waiting?.reject(new Error(printed.fault));
    if (this.#waiting.size > 0) return;
    this.#rest();
    this.#idle = setTimeout(() => {
      this.#onEnd();
      this.#child.disconnect();
    }, idleMilliseconds).unref();
  }

  #end(error: Error): void {
    clearTimeout(this.#idle);
    this.#onEnd();
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

let printer: Printer | null = null;

/** The module's pages, as bytes. `file` is the module's TypeScript file; built, its neighbour of the same name is meant. */
export function printed<Pages extends PageModule>(
  file: URL,
  input: Parameters<Pages['print']>[0],
): Promise<Buffer> {
  if (!printer) {
    const started = new Printer(() => {
      if (printer === started) printer = null;
    });
    printer = started;
  }
  return printer.print({ module: typescript ? file.href : file.href.replace(/\.ts$/, '.js'), input });
}
