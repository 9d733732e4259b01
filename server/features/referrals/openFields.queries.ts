// Duty: what of a case a referral opens at this moment: ticked, consented, and in time. Asked anew at every use.
import type { ShareableField } from '../../../shared/consents.ts';
import { type IdentityField, identityFields } from '../../../shared/identities.ts';
import { fieldsCloseAfterDays, sharedWhile } from '../../../shared/referralMoves.ts';
import type { SharedView } from '../../../shared/referrals.ts';
import { dayAfter, dayOf } from '../../clock.ts';
import { type CaseFile, caseBehindReferral } from '../cases/cases.queries.ts';
import { liveConsentFor } from '../identities/consents.queries.ts';
import type { ReferralFile } from './referrals.model.ts';

export interface OpenFields {
  fields: readonly ShareableField[];
  vault: readonly IdentityField[];
  closesOn: string | null;
}

/** Null: nothing is open. A consent that ended, ran out or was narrowed closes by itself what rested on it. */
export async function openFieldsOf(
  referral: Pick<ReferralFile, 'caseId' | 'recipient' | 'status' | 'endedAt' | 'sharedFields'>,
  now: Date,
): Promise<OpenFields | null> {
  if (!sharedWhile.includes(referral.status)) return null;
  const closesOn = referral.endedAt ? dayAfter(dayOf(referral.endedAt), fieldsCloseAfterDays) : null;
  if (closesOn !== null && dayOf(now) >= closesOn) return null;
  const consent = await liveConsentFor(referral.caseId, 'referral', referral.recipient);
  if (!consent) return null;
  const fields = referral.sharedFields.filter((field) => consent.fields.includes(field));
  return { fields, vault: identityFields.filter((field) => fields.includes(field)), closesOn };
}

/** The privacy projection: nothing of the case but the open fields is copied. A place is never finer than the case tells. */
export async function sharedViewOf(
  referral: Pick<ReferralFile, 'caseId'>,
  open: OpenFields | null,
): Promise<SharedView | null> {
  if (!open) return null;
  const caseFile = await caseBehindReferral(referral.caseId);
  const view: SharedView = { inVault: [...open.vault], closesOn: open.closesOn };
  for (const field of open.fields) Object.assign(view, partOf(caseFile, field));
  return view;
}

function partOf(caseFile: CaseFile, field: ShareableField): Partial<SharedView> {
  switch (field) {
    case 'title':
    case 'description':
    case 'need':
      return { [field]: caseFile[field] };
    case 'people':
      return { people: caseFile.people };
    case 'settlement':
      return { settlement: caseFile.precision === 'settlement' ? caseFile.settlement : null };
    case 'evidence':
      return {
        evidence: caseFile.evidence.map(({ id, kind, name, size, mediaType, at, thumbnail }) => ({
          id,
          kind,
          name,
          size,
          mediaType,
          at: at.toISOString(),
          hasThumbnail: thumbnail !== null,
        })),
      };
    default:
      return {};
  }
}
