// Duty: what was saved on this device and still has to reach the server, in order. What is sent carries its own id, so twice is once.
import { ApiError, isUnreachable } from './api.ts';

export interface Letter {
  /** The id of the record being made: the server answers a repeated one with the first answer. */
  id: string;
  method: 'POST' | 'PATCH' | 'PUT';
  path: string;
  body: unknown;
  /** A file that this device keeps (`ownFiles`), sent as multipart instead of the body and then forgotten here. */
  file?: string;
  /** A text that this device keeps sealed (`ownTexts`), sent instead of the body and forgotten here once it is taken. */
  text?: string;
  /** What is told only once must survive a closed browser: the answer is kept as `answer.<id>` until somebody has read it. */
  keepAnswer?: boolean;
  /** When it was put in, milliseconds. */
  at: number;
}

/** Where letters survive a closed browser; see `keptLetters`. */
export interface LetterStore {
  load(): Letter[];
  save(letters: Letter[]): void;
}

export type OutboxStatus = 'empty' | 'waiting' | 'sending' | 'sent';
export interface OutboxState {
  status: OutboxStatus;
  /** How many wait or are being sent. */
  count: number;
  /** Refused by the server for what they say: the person must look. */
  refused: { letter: Letter; error: ApiError }[];
}

export interface Outbox {
  /** Keeps the letter, tries to send it, and answers what the server said; null: kept, it will be sent when possible. */
  post<Result>(letter: Omit<Letter, 'at'>): Promise<Result | null>;
  /** Sends all that waits: when the network is back, and on signing in. */
  flush(): Promise<void>;
  /** Forgets a refused letter, once its content is back in a form. */
  drop(id: string): void;
  /** Forgets a letter wherever it stands: what it was about is no longer this person's to write on. */
  discard(id: string): void;
  /** Whether it still waits here or is on its way. */
  has(id: string): boolean;
  /** All that waits here or is on its way. */
  letters(): readonly Letter[];
  /** Forgets everything: signing out, or another person. */
  clear(): void;
  state(): OutboxState;
  subscribe(listener: () => void): () => void;
}

const days = (count: number) => count * 86_400_000;
/** A lost phone must not hold more than this (number of letters, age). */
export const outboxLimits = { letters: 50, age: days(14) } as const;

export function makeOutbox(
  store: LetterStore,
  send: (letter: Letter) => Promise<unknown>,
  now: () => number = Date.now,
): Outbox {
  let letters = store.load().filter((letter) => now() - letter.at < outboxLimits.age);
  let refused: OutboxState['refused'] = [];
  let running: Promise<void> | null = null;
  let sentSome = false;
  const answers = new Map<string, unknown>();
  const failures = new Map<string, ApiError>();
  const listeners = new Set<() => void>();
  let state = snapshot();

  function snapshot(): OutboxState {
    const count = letters.length;
    const idle = count > 0 ? 'waiting' : sentSome ? 'sent' : 'empty';
    return { status: running ? 'sending' : idle, count, refused };
  }
  function changed(): void {
    store.save(letters);
    state = snapshot();
    for (const listener of listeners) listener();
  }
  const remove = (id: string) => {
    letters = letters.filter((letter) => letter.id !== id);
  };

  async function run(): Promise<void> {
    for (let letter = letters[0]; letter; letter = letters[0]) {
      try {
        answers.set(letter.id, await send(letter));
        sentSome = true;
        remove(letter.id);
      } catch (error) {
        if (
          isUnreachable(error) ||
          !(error instanceof ApiError) ||
          error.status >= 500 ||
          error.status === 401
        )
          return;
        if (error.status === 429) return;
        failures.set(letter.id, error);
        refused = [...refused.filter((one) => one.letter.id !== letter.id), { letter, error }];
        remove(letter.id);
      }
      changed();
    }
  }

  async function flush(): Promise<void> {
    running ??= run().finally(() => {
      running = null;
      changed();
    });
    changed();
    await running;
  }

  return {
    async post<Result>(fields: Omit<Letter, 'at'>) {
      if (letters.length >= outboxLimits.letters) throw new ApiError(0, 'outbox.full');
      refused = refused.filter((one) => one.letter.id !== fields.id);
      failures.delete(fields.id);
      letters = [...letters.filter((letter) => letter.id !== fields.id), { ...fields, at: now() }];
      await flush();
      // A flush that was under way may have stopped before this letter.
      if (letters.some((letter) => letter.id === fields.id) && navigatorOnline()) await flush();
      const failure = failures.get(fields.id);
      if (failure) {
        failures.delete(fields.id);
        refused = refused.filter((one) => one.letter.id !== fields.id);
        changed();
        throw failure;
      }
      const answer = answers.get(fields.id);
      answers.delete(fields.id);
      return (answer ?? null) as Result | null;
    },
    flush,
    drop(id) {
      refused = refused.filter((one) => one.letter.id !== id);
      changed();
    },
    discard(id) {
      remove(id);
      refused = refused.filter((one) => one.letter.id !== id);
      changed();
    },
    has: (id) => letters.some((letter) => letter.id === id),
    letters: () => letters,
    clear() {
      letters = [];
      refused = [];
      sentSome = false;
      changed();
    },
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const navigatorOnline = () => typeof navigator === 'undefined' || navigator.onLine !== false;
