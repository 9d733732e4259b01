// Duty: readings of the vault and overrides of consent as entries of the chain. Names of fields and codes of reasons; no value, no words.
import type { VaultReading } from '../identities/identities.queries.ts';
import type { Entry } from './entries.ts';

const entry = (changes: Partial<Entry> & Pick<Entry, 'at' | 'verb' | 'route' | 'by' | 'ids'>): Entry => ({
  role: null,
  filters: [],
  rows: null,
  status: 200,
  code: null,
  requestId: null,
  about: [],
  ...changes,
});

export function entryOfReading({ _id, caseId, at, kind, by, role, reason, fields }: VaultReading): Entry {
  return entry({
    at: at.getTime(),
    verb: kind === 'opened' || kind === 'refused' ? 'open' : 'write',
    route: `vault.${kind}`,
    by: role ? by : null,
    role: role ?? null,
    ids: [caseId, _id],
    status: kind === 'refused' ? 403 : 200,
    about: [...fields, ...(reason ? [reason] : [])],
  });
}

export interface OverrideFacts {
  id: string;
  caseId: string;
  by: string;
  at: Date;
}

export const entryOfOverride = ({ id, caseId, by, at }: OverrideFacts): Entry =>
  entry({
    at: at.getTime(),
    verb: 'write',
    route: 'consent.overridden',
    by,
    role: 'coordinator',
    ids: [caseId, id],
  });
