// Duty: which consent counts, for whoever is about to act on one, and a case's consents as its page shows them.
import type { QueryFilter } from 'mongoose';
import type {
  CaseConsents,
  ConsentAbility,
  ConsentPurpose,
  ConsentRow,
  ConsentStanding,
  ShareableField,
  WithdrawalProof,
} from '../../../shared/consents.ts';
import { noticeVersion } from '../../../shared/consents.ts';
import type { Colleague } from '../../../shared/directory.ts';
import { clock, dayOf } from '../../clock.ts';
import { notFound } from '../../errors.ts';
import { abilitiesOf, type Viewer } from '../../policy.ts';
import { organisationsFor } from '../directory/organisations.queries.ts';
import { colleaguesById } from '../directory/users.queries.ts';
import { type Consent, ConsentModel, type ConsentOverride, ConsentOverrideModel } from './consents.model.ts';
import { casesNeedingGuardian } from './guardians.queries.ts';
import { consentRules, type IdentitySubject, type SubjectFor } from './identities.policy.ts';
import { presentOverride, recipientOf } from './overrides.queries.ts';
import { withdrawalHash } from './withdrawalReceipts.ts';

/** What a case may be used for right now, and until when. */
export interface LiveConsent {
  id: string;
  /** `override`: not the person's word but a coordinator's, for vital interest. */
  kind: 'consent' | 'override';
  purpose: ConsentPurpose;
  recipient: string | null;
  fields: ShareableField[];
  /** Last day of a consent, last moment of an override; ISO. */
  until: string;
}

const newestFirst = { recordedAt: -1, _id: -1 } as const;

/**
 * The consent that counts at this moment, or null: given, not expired, not withdrawn, and by
 * a guardian where the case is about a child. The newest word on a purpose and
 * recipient decides; an override stands in only where there is no consent. Ask at every use and share no field beyond
 * `fields`: expiry, withdrawal and a narrower consent then close everything by themselves.
 */
export async function liveConsentFor(
  caseId: string,
  purpose: ConsentPurpose,
  recipient: string | null = null,
): Promise<LiveConsent | null> {
  const newest = await newestConsent(caseId, purpose, recipient);
  if (newest && (await counting([newest])).length > 0) return liveOf(newest);
  const stoodInFor = purpose as ConsentOverride['purpose'];
  const override = await ConsentOverrideModel.findOne({
    $and: [{ caseId, purpose: stoodInFor, recipient }, overrideCounts()],
  })
    .sort({ at: -1 })
    .lean<ConsentOverride>();
  return (
    override && {
      id: override._id,
      kind: 'override',
      purpose: override.purpose,
      recipient: override.recipient ?? null,
      fields: override.fields,
      until: override.until.toISOString(),
    }
  );
}

/** Of these cases, those with live consent for the purpose; overrides do not count for more than one case at a time. */
export async function casesWithLiveConsent(
  caseIds: readonly string[],
  purpose: ConsentPurpose,
  recipient: string | null = null,
): Promise<Set<string>> {
  const consents = await ConsentModel.find({ caseId: { $in: [...caseIds] }, purpose, recipient })
    .sort(newestFirst)
    .lean<Consent[]>();
  return new Set((await counting(newestOfEachLine(consents))).map(({ caseId }) => caseId));
}

/** Cases whose last word on this purpose is no: for uses that wait for no yes and still hear a no. */
export async function casesWithdrawnFrom(purpose: ConsentPurpose): Promise<ReadonlySet<string>> {
  const caseIds = await ConsentModel.distinct('caseId', { purpose, withdrawnAt: { $gt: new Date(0) } });
  const consents = await ConsentModel.find({ caseId: { $in: caseIds }, purpose })
    .sort(newestFirst)
    .lean<Consent[]>();
  const last = newestOfEachLine(consents).filter(({ withdrawnAt }) => withdrawnAt);
  return new Set(last.map(({ caseId }) => caseId));
}

export async function newestConsent(
  caseId: string,
  purpose: ConsentPurpose,
  recipient: string | null,
): Promise<Consent | null> {
  return ConsentModel.findOne({ caseId, purpose, recipient }).sort(newestFirst).lean<Consent>();
}

/** The newest consent of every purpose and recipient of a case: those that a withdrawal can end. */
export async function newestConsentsOf(caseId: string): Promise<Consent[]> {
  return newestOfEachLine(await ConsentModel.find({ caseId }).sort(newestFirst).lean<Consent[]>());
}

function newestOfEachLine(newestFirst: Consent[]): Consent[] {
  const lines = new Map<string, Consent>();
  for (const consent of newestFirst) {
    const line = `${consent.caseId} ${consent.purpose} ${consent.recipient ?? ''}`;
    if (!lines.has(line)) lines.set(line, consent);
  }
  return [...lines.values()];
}

const isInTime = (consent: Consent) => !consent.withdrawnAt && consent.expiresOn >= dayOf(clock.now());

/** In time, not taken back, and by a guardian where the case has turned out to be about a child since. */
async function counting(consents: Consent[]): Promise<Consent[]> {
  const inTime = consents.filter(isInTime);
  const byPersons = inTime.filter(({ givenBy }) => givenBy !== 'guardian').map(({ caseId }) => caseId);
  const children = await casesNeedingGuardian(byPersons);
  return inTime.filter(({ caseId, givenBy }) => givenBy === 'guardian' || !children.has(caseId));
}

export const overrideCounts = (): QueryFilter<ConsentOverride> => ({
  until: { $gt: clock.now() },
  endedAt: null,
  'review.verdict': { $ne: 'not_justified' },
});

const liveOf = (consent: Consent): LiveConsent => ({
  id: consent._id,
  kind: 'consent',
  purpose: consent.purpose,
  recipient: consent.recipient ?? null,
  fields: consent.fields,
  until: consent.expiresOn,
});

/** The case's consents for its page. A partner that is not the lead sees only what concerns itself. */
export async function consentsFor(
  viewer: Viewer,
  subject: IdentitySubject,
): Promise<{ data: CaseConsents; abilities: Record<ConsentAbility, boolean> }> {
  const { caseId } = subject;
  const question = { caseId, ...recipientScope(viewer, subject) };
  const [consents, overrides, colleagues, organisations] = await Promise.all([
    ConsentModel.find(question).sort(newestFirst).lean<Consent[]>(),
    ConsentOverrideModel.find(question).sort({ at: -1 }).lean<ConsentOverride[]>(),
    colleaguesById(viewer),
    organisationNames(viewer),
  ]);
  const newest = new Set(newestOfEachLine(consents));
  return {
    data: {
      guardianNeeded: subject.concernsChild,
      caseWorkClaimed: subject.saidToConsent && !consents.some(({ purpose }) => purpose === 'case_work'),
      noticeVersion,
      consents: consents.map((consent) =>
        presentConsent(consent, standingOf(subject, consent, newest.has(consent)), colleagues, organisations),
      ),
      overrides: overrides.map((override) =>
        presentOverride(override, subject.reference, colleagues, organisations),
      ),
    },
    abilities: abilitiesOf<ConsentAbility, IdentitySubject>(consentRules, viewer, subject),
  };
}

/** A partner is told of consents to itself; everybody else who sees the case, of all. */
export function recipientScope(
  viewer: Viewer,
  subject: IdentitySubject,
): { recipient: string | null } | Record<string, never> {
  const isPartnerOnly = viewer.role === 'cso_member' && !consentRules.give(viewer, subject);
  return isPartnerOnly ? { recipient: viewer.organisation ?? 'none' } : {};
}

async function organisationNames(viewer: Viewer): Promise<ReadonlyMap<string, string>> {
  return new Map((await organisationsFor(viewer)).map(({ id, name }) => [id, name]));
}

function standingOf(
  { concernsChild }: IdentitySubject,
  consent: Consent,
  isNewest: boolean,
): ConsentStanding {
  if (consent.withdrawnAt) return 'withdrawn';
  if (!isNewest) return 'replaced';
  if (!isInTime(consent)) return 'expired';
  return concernsChild && consent.givenBy !== 'guardian' ? 'guardian_missing' : 'live';
}

function presentConsent(
  consent: Consent,
  standing: ConsentStanding,
  colleagues: ReadonlyMap<string, Colleague>,
  organisations: ReadonlyMap<string, string>,
): ConsentRow {
  const nameOf = (id: string | null | undefined) => (id ? (colleagues.get(id) ?? null) : null);
  return {
    id: consent._id,
    purpose: consent.purpose,
    recipient: recipientOf(consent.recipient, organisations),
    fields: consent.fields,
    form: consent.form,
    language: consent.language,
    givenBy: consent.givenBy,
    askedBy: nameOf(consent.askedBy),
    givenOn: consent.givenOn,
    expiresOn: consent.expiresOn,
    textVersion: consent.textVersion,
    legalBasis: consent.legalBasis,
    standing,
    recordedAt: consent.recordedAt.toISOString(),
    recordedBy: nameOf(consent.recordedBy),
    withdrawnAt: consent.withdrawnAt?.toISOString() ?? null,
    withdrawnBy: nameOf(consent.withdrawnBy),
  };
}

/** What a withdrawal's receipt proves, to who may see the case; 404 for any other code. */
export async function withdrawalFor(
  viewer: Viewer,
  code: string,
  subjectFor: SubjectFor,
): Promise<WithdrawalProof> {
  const consents = await ConsentModel.find({ receiptHash: withdrawalHash(code) }).lean<Consent[]>();
  const [first] = consents;
  if (!first) throw notFound();
  const [subject, organisations] = await Promise.all([
    subjectFor(viewer, first.caseId),
    organisationNames(viewer),
  ]);
  return {
    caseId: subject.caseId,
    reference: subject.reference,
    at: first.withdrawnAt!.toISOString(),
    consents: consents.map(({ purpose, recipient }) => ({
      purpose,
      recipient: recipientOf(recipient, organisations),
    })),
  };
}
