// Duty: have reports printed in a process beside: drawing pages and packing fonts would hold up everybody else. What is printed: reportPdf.ts.
import { type ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { MunicipalitySlug } from '../../../shared/directoryLists.ts';
import type { MapShapes } from '../../../shared/mapViews.ts';
import type { FrozenRelease } from '../../../shared/summaries.ts';
import type { StoryLanguage } from '../../../shared/summaryLists.ts';
import type { Copy } from './reportRows.ts';

export interface ReportOrder {
  id: number;
  release: FrozenRelease;
  language: StoryLanguage;
  /** Of municipalities, in that language. */
  names: Partial<Record<MunicipalitySlug, string>>;
  shapes: MapShapes;
  copy: Copy;
}
export type PrintedReport = { id: number; content: Uint8Array } | { id: number; fault: string };

/** A printer without work holds memory for nothing. */
const idleMilliseconds = 30_000;

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
    const typescript = import.meta.url.endsWith('.ts');
    const file = fileURLToPath(
      new URL(typescript ? './reportChild.ts' : './reportChild.js', import.meta.url),
    );
    const tsx = () => pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
    this.#child = fork(file, [], {
      execArgv: typescript ? ['--import', tsx()] : [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#rest();
    this.#child.on('message', (printed: PrintedReport) => this.#take(printed));
    this.#child.once('error', (error) => this.#end(error));
    this.#child.once('exit', () => this.#end(new Error('The printing process ended')));
  }

  /** Nobody waits: the process may end. */
  #rest(): void {
    this.#child.unref();
    this.#child.channel?.unref();
  }

  print(order: Omit<ReportOrder, 'id'>): Promise<Buffer> {
    clearTimeout(this.#idle);
    this.#last += 1;
    const id = this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#child.ref();
      this.#child.channel?.ref();
      this.#child.send({ ...order, id } satisfies ReportOrder, (error) => error && reject(error));
    });
  }

  #take(printed: PrintedReport): void {
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

export function printReport(order: Omit<ReportOrder, 'id'>): Promise<Buffer> {
  if (!printer) {
    const started = new Printer(() => {
      if (printer === started) printer = null;
    });
    printer = started;
  }
  return printer.print(order);
}
