// Duty: links that show one release to a funder without an account: what is asked for one, what is seen of it, and what its holder gets.
import { z } from 'zod';
import { idSchema } from './api.ts';
import type { FrozenRelease } from './summaries.ts';
import { downloadFormats, storyLanguages } from './summaryLists.ts';

export const shareLimits = { recipient: 80, days: 90 } as const;

export const shareCreate = z.strictObject({
  id: idSchema,
  releaseId: idSchema,
  recipient: z.string().trim().min(1, 'required').max(shareLimits.recipient, 'too_long'),
  days: z.number().int().min(1, 'too_small').max(shareLimits.days, 'too_large'),
  /** Opens once, in one browser; its downloads work there for an hour. */
  once: z.boolean(),
});
export type ShareCreate = z.infer<typeof shareCreate>;

export const downloadParams = z.strictObject({ id: idSchema, format: z.enum(downloadFormats) });
export const downloadQuery = z.strictObject({ language: z.enum(storyLanguages).default('sq') });

export const shareParams = z.strictObject({ token: z.string().max(100) });
export const shareDownloadParams = shareParams.extend({ format: z.enum(downloadFormats) });
export const shareDownloadQuery = downloadQuery.extend({ pass: z.string().max(100).optional() });

export interface ReleaseShare {
  id: string;
  releaseId: string;
  recipient: string;
  once: boolean;
  createdAt: string;
  expiresAt: string;
  revokedAt: string | null;
  opened: number;
}

/** The link's address is told here alone: only its hash is kept. */
export interface ShareMade {
  data: ReleaseShare;
  link: string;
}

/** What a link opens. */
export interface SharedRelease {
  data: FrozenRelease;
  recipient: string;
  expiresAt: string;
  /** Of a link that opens once: proves to downloads that this is where it was opened. */
  pass: string | null;
}
