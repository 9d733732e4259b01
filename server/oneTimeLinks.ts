// Duty: tokens of one-time links: made, hashed, judged. Sending and using them are the commands'.
import { createHash, randomBytes } from 'node:crypto';
import { gone, notFound } from './errors.ts';

export interface KeptLink {
  hash: string;
  expiresAt: Date;
  usedAt?: Date | null;
}

/** 256 random bits; only the hash is kept. */
export function makeLink(days: number, now = Date.now()): { token: string; kept: KeptLink } {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(now + days * 24 * 60 * 60_000);
  return { token, kept: { hash: hashOfToken(token), expiresAt, usedAt: null } };
}

export const hashOfToken = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** 404 for a link that never was or was replaced, 410 for one that was used or is too old. */
export function ensureUsable(link: KeptLink | null | undefined, now = Date.now()): KeptLink {
  if (!link) throw notFound('link.unknown');
  if (link.usedAt) throw gone('link.used');
  if (link.expiresAt.getTime() <= now) throw gone('link.expired');
  return link;
}
