// Duty: when there is more to do than can be done, refuse some of it at once, reading first, so that signing in and writing stay alive. Knows no endpoint.
import type { RequestHandler } from 'express';
import type { ErrorBody } from '../../shared/errors.ts';
import { log } from '../log.ts';

export interface OverloadLimits {
  /**
   * When even the quickest turn of the last second came so late, requests arrive faster than they are answered. A single slow turn
   * is no overload: waiting that one out costs less than a refusal.
   */
  lateMilliseconds: number;
  /** With fewer readings under way than these, turns are late because they are long, not because too much is asked: somebody alone is never refused. */
  fewestReads: number;
  /** Readings under way at once; more would wait longer than anybody does. */
  mostReads: number;
  /** Everything else under way at once; a write is refused by this alone. */
  mostWrites: number;
}

const usual: OverloadLimits = { lateMilliseconds: 150, fewestReads: 8, mostReads: 500, mostWrites: 1_000 };
const lookMilliseconds = 50;
const windowMilliseconds = 1_000;
const fewestLooks = 3;
const tellMilliseconds = 10_000;
const reading = new Set(['GET', 'HEAD', 'OPTIONS']);

/** How late this process's turns have been at least, over the last second. */
export class Lateness {
  #looks: { at: number; late: number }[] = [];
  #expected: number;
  readonly #timer: NodeJS.Timeout;

  constructor() {
    this.#expected = performance.now() + lookMilliseconds;
    this.#timer = setInterval(() => this.#look(), lookMilliseconds).unref();
  }

  #look(): void {
    const at = performance.now();
    this.#looks.push({ at, late: Math.max(0, at - this.#expected) });
    this.#expected = at + lookMilliseconds;
    while (this.#looks[0]!.at < at - windowMilliseconds && this.#looks.length > fewestLooks)
      this.#looks.shift();
  }

  get standing(): number {
    return this.#looks.length < fewestLooks ? 0 : Math.min(...this.#looks.map(({ late }) => late));
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

/** 503 with Retry-After, before anything is read or asked of the database. */
export function overloadGuard(
  lateness: Pick<Lateness, 'standing'> = new Lateness(),
  limits: OverloadLimits = usual,
): RequestHandler {
  const underWay = { reads: 0, writes: 0 };
  let refused = 0;
  let toldAt = Number.NEGATIVE_INFINITY;

  function tell(): void {
    refused += 1;
    const now = performance.now();
    if (now - toldAt < tellMilliseconds) return;
    log.warn(
      { refused, ...underWay, late: Math.round(lateness.standing) },
      'overloaded: requests were refused',
    );
    toldAt = now;
    refused = 0;
  }

  return (request, response, next) => {
    const kind = reading.has(request.method) ? 'reads' : 'writes';
    const isTooMany = underWay[kind] >= (kind === 'reads' ? limits.mostReads : limits.mostWrites);
    const isLate =
      kind === 'reads' && underWay.reads >= limits.fewestReads && lateness.standing > limits.lateMilliseconds;
    if (isTooMany || isLate) {
      tell();
      const body: ErrorBody = { error: { code: 'unavailable', requestId: String(request.id) } };
      // Spread, so that those who come again do not come together.
      const seconds = 1 + Math.floor(Math.random() * 3);
      response
        .status(503)
        .set({ 'Retry-After': String(seconds), 'Cache-Control': 'no-store' })
        .json(body);
      return;
    }
    underWay[kind] += 1;
    response.once('close', () => {
      underWay[kind] -= 1;
    });
    next();
  };
}
