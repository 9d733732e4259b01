// Duty: one client's request while it runs: its deadline, whether it was killed, and when to let others have a turn.
import { CommandError } from './errors.ts';

/** How long one operation may keep the thread to itself. */
const sliceMilliseconds = 6;

let sliceStart = performance.now();

export class Operation {
  readonly #deadline: number;
  #killed: string | undefined;

  constructor(maxTimeMilliseconds = 0) {
    this.#deadline =
      maxTimeMilliseconds > 0 ? performance.now() + maxTimeMilliseconds : Number.POSITIVE_INFINITY;
  }

  kill(reason: string): void {
    this.#killed = reason;
  }

  /** Throws when time is up. Gives back a promise only when it is others' turn: then it must be awaited. */
  checkpoint(): Promise<void> | undefined {
    const now = performance.now();
    if (now > this.#deadline) throw new CommandError(50, 'operation exceeded time limit');
    if (this.#killed !== undefined) throw new CommandError(11601, this.#killed);
    if (now - sliceStart < sliceMilliseconds) return undefined;
    return new Promise((resolve) => {
      setImmediate(() => {
        sliceStart = performance.now();
        resolve();
      });
    });
  }
}
