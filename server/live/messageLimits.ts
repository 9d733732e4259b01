// Duty: how much one session may say over its sockets before it is not listened to any more, and then put out. Knows no sockets and no rooms.

/** Twenty pages opened again after a reconnection, and somebody who runs through fields, are far below. */
const burst = 100;
const perSecond = 10;

export type Heed = 'heard' | 'tooMany' | 'stubborn';

interface Bucket {
  /** Below nothing counts what was said in vain. */
  left: number;
  at: number;
}

export function makeMessageLimits(now = () => performance.now()) {
  const buckets = new Map<string, Bucket>();
  const filled = ({ left, at }: Bucket) => Math.min(burst, left + ((now() - at) / 1_000) * perSecond);
  return {
    /** What becomes of one message more. A new connection of the same session finds what the one before left. */
    heed(session: string): Heed {
      const bucket = buckets.get(session) ?? { left: burst, at: now() };
      const left = Math.max(filled(bucket) - 1, -burst);
      buckets.set(session, { left, at: now() });
      if (left >= 0) return 'heard';
      return left > -burst ? 'tooMany' : 'stubborn';
    },
    /** Forgets whoever has been quiet; call it now and then. */
    tidy(): void {
      for (const [session, bucket] of buckets) if (filled(bucket) >= burst) buckets.delete(session);
    },
    get size(): number {
      return buckets.size;
    },
  };
}
