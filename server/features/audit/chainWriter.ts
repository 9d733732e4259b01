// Duty: put entries into this process's chain in groups: at once for those that must be kept before an answer, within a second for the rest.
import { newId } from '../../../shared/api.ts';
import { clock } from '../../clock.ts';
import { report } from '../../log.ts';
import { type AuditBlock, AuditBlockModel } from './audit.model.ts';
import { closeChain, headMilliseconds, noteHead, openChain } from './chains.ts';
import { blockAfter, type Entry, type Head, headAfter } from './entries.ts';

/** How long an entry may wait in memory; a crash loses no older one. */
const lagMilliseconds = 1_000;
const mostInBlock = 2_000;
/** While the database is away: what waits beyond this is counted, not kept. Only reads are: nothing else is answered meanwhile. */
const mostWaiting = 50_000;
const duplicateKey = 11000;

interface Waiter {
  /** How many entries must be on disk. */
  upTo: number;
  resolve(): void;
  reject(error: unknown): void;
}

export class ChainWriter {
  #head: Head | null = null;
  #waiting: Entry[] = [];
  #waiters: Waiter[] = [];
  /** Entries taken in and entries on disk since the start. */
  #added = 0;
  #written = 0;
  /** How many are to be written now; what comes meanwhile waits for company, or every group would be one of a few. */
  #due = 0;
  /** Made, and perhaps written: nothing else may take its number. */
  #unsaved: { block: AuditBlock; count: number } | null = null;
  #left = 0;
  /** False from the very step that found nothing left: what is added right after begins anew. */
  #draining = false;
  #drained: Promise<void> = Promise.resolve();
  #stopped = false;
  readonly #timers: NodeJS.Timeout[];

  constructor() {
    this.#timers = [
      setInterval(() => void this.#drain(), lagMilliseconds / 2),
      setInterval(() => void this.#noteHead(), headMilliseconds),
    ];
    for (const timer of this.#timers) timer.unref();
  }

  /** Entries that are not on disk yet, for whoever watches the server. */
  get waiting(): number {
    return this.#added - this.#written;
  }

  /** Kept within a second. */
  add(entry: Entry): void {
    if (this.#stopped) return;
    if (this.#waiting.length >= mostWaiting) {
      this.#left += 1;
      return;
    }
    this.#added += 1;
    this.#waiting.push(entry);
    if (this.#waiting.length === mostInBlock) void this.#drain();
  }

  /** Resolves when the entry is on disk; those who come while others are being written share the next group. */
  keep(entry: Entry): Promise<void> {
    if (this.#stopped) return Promise.reject(new Error('The audit log is closed'));
    this.#added += 1;
    this.#waiting.push(entry);
    return this.flush();
  }

  /** Resolves when everything that was added before is on disk; rejects when it could not be written now. */
  flush(): Promise<void> {
    if (this.waiting === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#waiters.push({ upTo: this.#added, resolve, reject });
      void this.#drain();
    });
  }

  /** Begins the chain, which marks those that were lost; entries begin it by themselves too. */
  async open(): Promise<void> {
    if (!this.#head && !this.#stopped) await this.#drain(true);
  }

  async stop(): Promise<void> {
    if (this.#stopped) return;
    for (const timer of this.#timers) clearInterval(timer);
    await this.flush().catch((error: unknown) => report(error, { where: 'audit' }));
    this.#stopped = true;
    await this.#drained;
    if (this.#head) await closeChain(this.#head);
  }

  /** Writes everything that waits by now. */
  #drain(evenEmpty = false): Promise<void> {
    this.#due = this.#added;
    if (!this.#draining) {
      this.#draining = true;
      this.#drained = this.#writeAll(evenEmpty);
    }
    return this.#drained;
  }

  async #writeAll(evenEmpty: boolean): Promise<void> {
    try {
      if (evenEmpty || this.#written < this.#due) this.#head ??= await openChain(newId());
      while (this.#written < this.#due) {
        await this.#writeBlock();
        const done = this.#waiters.findIndex(({ upTo }) => upTo > this.#written);
        for (const { resolve } of this.#waiters.splice(0, done < 0 ? this.#waiters.length : done)) resolve();
      }
    } catch (error) {
      const refused = this.#waiters.splice(0);
      for (const { reject } of refused) reject(error);
      if (refused.length === 0) report(error, { where: 'audit' });
    } finally {
      this.#draining = false;
    }
  }

  async #writeBlock(): Promise<void> {
    if (!this.#unsaved) {
      const entries = this.#waiting.splice(0, mostInBlock);
      const count = entries.length;
      if (this.#left > 0) entries.push(leftOut(this.#left));
      this.#left = 0;
      this.#unsaved = { block: blockAfter(this.#head!, entries), count };
    }
    const { block, count } = this.#unsaved;
    await insertOnce(block);
    this.#head = headAfter(block);
    this.#written += count;
    this.#unsaved = null;
  }

  async #noteHead(): Promise<void> {
    const head = this.#head;
    if (!head || this.#stopped) return;
    try {
      const isOurs = await noteHead(head);
      // Others took this chain for lost while this process slept. They are right that it ends here.
      if (!isOurs && this.#head?.chain === head.chain && !this.#unsaved && !this.#draining) this.#head = null;
    } catch (error) {
      report(error, { where: 'audit' });
    }
  }
}

/** A repeated write after a lost answer finds its own block. */
async function insertOnce(block: AuditBlock): Promise<void> {
  try {
    await AuditBlockModel.collection.insertOne(block as never);
  } catch (error) {
    if ((error as { code?: number }).code !== duplicateKey) throw error;
  }
}

/** Stands for entries that could not be kept one by one. */
export const leftOut = (count: number): Entry => ({
  at: clock.now().getTime(),
  verb: 'read',
  route: 'audit.leftOut',
  by: null,
  role: null,
  ids: [],
  filters: [],
  rows: count,
  status: 200,
  code: 'audit.leftOut',
  requestId: null,
  about: [],
});
