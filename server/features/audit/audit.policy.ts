// Duty: who reads the audit log. Nobody writes it; those it watches most closely, coordinators, do not read it.
import type { May, Viewer } from '../../policy.ts';
import { type IdentitySubject, mayReadVaultLog } from '../identities/identities.policy.ts';

export const mayReadAudit: May<null> = (viewer: Viewer) => viewer.role === 'administrator';

/** The person may ask who has opened their case: whoever answers for it may look. */
export const mayReadCaseReaders: May<IdentitySubject> = mayReadVaultLog;
