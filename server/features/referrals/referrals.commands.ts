// Duty: make a referral, as a draft or sent. Every consent and every day is looked at here, again whenever a draft is sent.
import { longestReplyDays } from '../../../shared/referralMoves.ts';
import type { ReferralCreate } from '../../../shared/referrals.ts';
import { clock, dayAfter, dayOf } from '../../clock.ts';
import { conflict, type FieldFault, invalid } from '../../errors.ts';
import { ensure, type Viewer } from '../../policy.ts';
import { type CaseFile, caseFor } from '../cases/cases.queries.ts';
import { whileCaseStands } from '../cases/referred.commands.ts';
import { activeOrganisationExists } from '../directory/organisations.queries.ts';
import { organisationsWithAccounts } from '../directory/users.queries.ts';
import { liveConsentFor } from '../identities/consents.queries.ts';
import { dueOn } from './change.ts';
import { endReferralsWithoutConsent } from './endings.commands.ts';
import { referralChanged } from './referrals.live.ts';
import { type ReferralFile, ReferralModel } from './referrals.model.ts';
import { maySendFor } from './referrals.policy.ts';

/** What sending looks at, for a new referral and for a draft alike. */
export type Sending = Pick<ReferralCreate, 'kind' | 'recipient' | 'service' | 'sharedFields' | 'replyBy'>;

const duplicateKey = 11000;

/**
 * Refuses with 422 what may not be sent: no live consent to this organisation, a field it does not name, a day that is past;
 * with 409 what is under way already.
 */
export async function ensureSendable(
  viewer: Viewer,
  caseFile: Pick<CaseFile, '_id' | 'status'>,
  sending: Sending,
  now: Date,
  except?: string,
): Promise<void> {
  if (caseFile.status === 'closed') throw conflict('referral.caseClosed', { status: caseFile.status });
  const faults: FieldFault[] = [];
  const today = dayOf(now);
  if (sending.replyBy < today) faults.push({ path: ['replyBy'], code: 'in_the_past' });
  if (sending.replyBy > dayAfter(today, longestReplyDays))
    faults.push({ path: ['replyBy'], code: 'reply_too_far', params: { days: longestReplyDays } });
  faults.push(...(await recipientFaults(viewer, sending)));
  faults.push(...(await consentFaults(caseFile._id, sending)));
  if (faults.length > 0) throw invalid(faults, 'referral.refused');
  const same = await ReferralModel.findOne(
    {
      caseId: caseFile._id,
      recipient: sending.recipient,
      service: sending.service,
      status: { $in: ['pending', 'accepted', 'in_progress'] },
      _id: { $ne: except ?? '' },
    },
    { _id: 1 },
  ).lean<ReferralFile>();
  if (same) throw conflict('referral.underWay', { id: same._id });
}

export async function recipientFaults(
  viewer: Viewer,
  { kind, recipient }: Pick<Sending, 'kind' | 'recipient'>,
): Promise<FieldFault[]> {
  const complain = (code: string) => [{ path: ['recipient'], code }];
  if (viewer.organisation === recipient) return complain('to_oneself');
  if (!(await activeOrganisationExists(recipient))) return complain('not_found');
  if (kind === 'transfer' && !(await organisationsWithAccounts([recipient])).has(recipient))
    return complain('needs_accounts');
  return [];
}

async function consentFaults(caseId: string, { recipient, sharedFields }: Sending): Promise<FieldFault[]> {
  const consent = await liveConsentFor(caseId, 'referral', recipient);
  if (!consent) return [{ path: ['recipient'], code: 'no_live_consent' }];
  return sharedFields.flatMap((field, at) =>
    consent.fields.includes(field)
      ? []
      : [{ path: ['sharedFields', at], code: 'not_consented', params: { field } }],
  );
}

/** A referral of the case, made once however often it is asked for with the same id; `made` says whether by this request. */
export async function createReferral(
  viewer: Viewer,
  caseId: string,
  input: ReferralCreate,
  { before = null, now = clock.now() }: { before?: string | null; now?: Date } = {},
): Promise<{ referral: ReferralFile; made: boolean }> {
  const seen = await caseFor(viewer, caseId);
  ensure(maySendFor, viewer, seen);
  const result = await whileCaseStands(caseId, async (caseFile) => {
    const earlier = await ReferralModel.findOne({ _id: input.id }).lean<ReferralFile>();
    if (earlier?.caseId === caseId && earlier.sender === viewer.id) return { referral: earlier, made: false };
    if (earlier) throw conflict('id.taken');
    if (caseFile.status === 'closed') throw conflict('referral.caseClosed', { status: caseFile.status });
    if (input.send) await ensureSendable(viewer, caseFile, input, now);
    else {
      const faults = await recipientFaults(viewer, input);
      if (faults.length > 0) throw invalid(faults, 'referral.refused');
    }
    const referral = newReferral(viewer, caseFile, input, before, now);
    await ReferralModel.create(referral).catch((error: unknown) => {
      if ((error as { code?: number }).code === duplicateKey) throw conflict('id.taken');
      throw error;
    });
    referralChanged(referral, viewer.id);
    return { referral, made: true };
  });
  if (result.made && input.send) await ensureStillConsented(viewer, result.referral, now);
  return result;
}

/** Consent that was withdrawn while the referral was being written found nothing to end. */
export async function ensureStillConsented(viewer: Viewer, referral: ReferralFile, now: Date): Promise<void> {
  if (await liveConsentFor(referral.caseId, 'referral', referral.recipient)) return;
  await endReferralsWithoutConsent(referral.caseId, referral.recipient, viewer.id, now);
  throw invalid([{ path: ['recipient'], code: 'no_live_consent' }], 'referral.refused');
}

function newReferral(
  viewer: Viewer,
  caseFile: CaseFile,
  input: ReferralCreate,
  before: string | null,
  now: Date,
): ReferralFile {
  const { id, send, ...asked } = input;
  const status = send ? 'pending' : 'draft';
  const referral: ReferralFile = {
    _id: id,
    version: 1,
    ...asked,
    caseId: caseFile._id,
    reference: caseFile.reference,
    theme: caseFile.theme,
    subTheme: caseFile.subTheme,
    municipality: caseFile.municipality,
    sender: viewer.id,
    senderOrganisation: viewer.role === 'cso_member' ? viewer.organisation : null,
    status,
    dueOn: '',
    worker: null,
    workerName: null,
    firstContactOn: null,
    given: null,
    givenOn: null,
    declineReason: null,
    suggestedOrganisation: null,
    before,
    after: null,
    received: null,
    confirmedAt: null,
    sentAt: send ? now : null,
    endedAt: null,
    createdAt: now,
    changedAt: now,
    history: [{ at: now, by: viewer.id, move: send ? 'send' : 'create', from: null, to: status }],
    link: null,
    leadPending: false,
    closingTold: false,
    example: caseFile.example,
  };
  return { ...referral, dueOn: dueOn(referral) };
}
