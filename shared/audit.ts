// Duty: what may be asked of the read log and what it answers. Ids, codes and reference numbers; no record's content.
import { z } from 'zod';
import { daySchema, idSchema } from './api.ts';
import { type AuditVerb, auditVerbs, type ChainFaultKind } from './auditLists.ts';
import type { Colleague, Role } from './directory.ts';

export * from './auditLists.ts';

export const auditQuery = z.strictObject({
  by: idSchema.optional(),
  /** An id, or a case's reference number. */
  record: z
    .string()
    .trim()
    .max(40)
    .refine(
      (text) => idSchema.safeParse(text.toLowerCase()).success || /^[A-Za-z]{3}-\d{4}-\d{1,6}$/.test(text),
      {
        message: 'not_an_id',
      },
    )
    .optional(),
  verb: z.enum(auditVerbs).optional(),
  denied: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
  from: daySchema.optional(),
  to: daySchema.optional(),
  cursor: z
    .string()
    .regex(/^\d{1,15}~[0-9a-f-]{36}\.\d{9}~\d{1,5}$/, 'wrong_format')
    .optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type AuditQuery = z.output<typeof auditQuery>;

export interface AuditRow {
  /** Chain and number. */
  id: string;
  at: string;
  verb: AuditVerb;
  route: string;
  by: { id: string; name: string | null; role: Role | null } | null;
  records: { id: string; reference: string | null }[];
  filters: string[];
  rows: number | null;
  status: number;
  denied: boolean;
  code: string | null;
  requestId: string | null;
  about: string[];
}

export interface AuditPage {
  data: AuditRow[];
  /** Null at the end of the log; a page may be short, or empty, and still have a next one. */
  next: string | null;
}

/** How many were kept out, day by day, and whether the chain held when it was last walked. */
export interface AuditSummary {
  days: { day: string; entries: number; denied: number }[];
  /** Who was refused most often in the last 24 hours. */
  refused: { by: AuditRow['by']; times: number }[];
  check: {
    at: string;
    sound: boolean;
    entries: number;
    chains: number;
    lost: number;
    faults: { kind: ChainFaultKind; chain: string | null; entry: number }[];
  } | null;
}

/** One line of "who has opened this case". */
export interface CaseReader {
  by: Colleague | null;
  /** Set instead where an organisation without accounts opened it through its link. */
  organisation: string | null;
  first: string;
  last: string;
  times: number;
}

export interface CaseReaders {
  data: CaseReader[];
  /** The list reaches back to then; null: to the beginning of the log. */
  since: string | null;
}
