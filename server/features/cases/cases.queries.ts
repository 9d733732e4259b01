// Duty: the one scope of cases (who may see which) and what is read through it: one case, or any question over many.
import type { QueryFilter } from 'mongoose';
import { notFound } from '../../errors.ts';
import type { Viewer } from '../../policy.ts';
import type { IdentitySubject } from '../identities/identities.policy.ts';
import { type CaseFile, CaseModel } from './cases.model.ts';
import { seesCases } from './cases.policy.ts';

export type { CaseFile } from './cases.model.ts';

export type CaseQuestion = QueryFilter<CaseFile>;

/** Matches nothing: what a role without cases asks over. */
const nothing: CaseQuestion = { _id: { $in: [] } };

/**
 * What this viewer may see, as a question. Fails closed: a role that is not named here sees nothing.
 * A partner's scope is its organisation's: access stays with the organisation when a worker leaves it.
 * A referral never widens it: its recipient sees the shared fields alone, through the referral.
 */
export function casesVisibleTo(viewer: Viewer): CaseQuestion {
  switch (viewer.role) {
    case 'activist':
    case 'team_lead':
      return viewer.municipality ? { municipality: viewer.municipality } : nothing;
    case 'coordinator':
      return {};
    case 'cso_member':
      return viewer.organisation ? { sharedWith: viewer.organisation } : nothing;
    default:
      return nothing;
  }
}

/** The same scope asked of a case at hand. A test compares both, for every role. */
export function isVisibleTo(
  viewer: Viewer,
  { municipality, sharedWith }: Pick<CaseFile, 'municipality' | 'sharedWith'>,
): boolean {
  switch (viewer.role) {
    case 'activist':
    case 'team_lead':
      return viewer.municipality === municipality;
    case 'coordinator':
      return true;
    case 'cso_member':
      return viewer.organisation !== null && sharedWith.includes(viewer.organisation);
    default:
      return false;
  }
}

/** The viewer's question over what they may see: always both. */
export function visible(viewer: Viewer, question: CaseQuestion): CaseQuestion {
  const scope = casesVisibleTo(viewer);
  return Object.keys(scope).length === 0 ? question : { $and: [scope, question] };
}

const unneeded = { searchTerms: 0 } as const;

/** The whole case, or 404 when it is not there for this viewer. */
export async function caseFor(viewer: Viewer, id: string): Promise<CaseFile> {
  const caseFile = await CaseModel.collection.findOne<CaseFile>(visible(viewer, { _id: id }) as never, {
    projection: unneeded,
  });
  if (!caseFile) throw notFound();
  return caseFile;
}

export async function maySeeCase(viewer: Viewer, id: string): Promise<boolean> {
  if (!seesCases(viewer)) return false;
  return (await CaseModel.exists(visible(viewer, { _id: id }))) !== null;
}

/** Those of these cases that the viewer may see. */
export async function casesSeenAmong(viewer: Viewer, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (!seesCases(viewer) || ids.length === 0) return new Set();
  const found = await CaseModel.find(visible(viewer, { _id: { $in: [...ids] } }), { _id: 1 }).lean<
    CaseFile[]
  >();
  return new Set(found.map(({ _id }) => _id));
}

/** Reference of another case, as far as the viewer may see it. */
export async function referenceFor(
  viewer: Viewer,
  id: string | null,
): Promise<{ id: string; reference: string } | null> {
  if (!id) return null;
  const found = await CaseModel.findOne(visible(viewer, { _id: id }), { reference: 1 }).lean<CaseFile>();
  return found && { id: found._id, reference: found.reference };
}

/** The case as the vault and consents need it, found through the same scope. */
export function identitySubjectOf(caseFile: CaseFile): IdentitySubject {
  const { _id, reference, municipality, lead, loggedBy, concernsChild, consentBasis, outcome, anonymisedAt } =
    caseFile;
  // What was noted at intake is not held against a person who has said no since.
  const saidToConsent = consentBasis === 'consented' && outcome !== 'withdrawn_by_person';
  return {
    caseId: _id,
    reference,
    municipality,
    lead,
    loggedBy,
    concernsChild,
    saidToConsent,
    anonymised: anonymisedAt != null,
    sharedFields: [],
  };
}

const indexFields = {
  version: 1,
  reference: 1,
  municipality: 1,
  settlement: 1,
  precision: 1,
  subTheme: 1,
  status: 1,
  urgency: 1,
  outcome: 1,
  confirmedBy: 1,
  lead: 1,
  sharedWith: 1,
  issue: 1,
  campaigns: 1,
  loggedAt: 1,
  nextDue: 1,
} as const;
/** What an index over all cases may hold: nothing that says who a case is about. */
export type CaseForIndex = Pick<CaseFile, '_id' | keyof typeof indexFields> &
  Partial<Pick<CaseFile, 'searchTerms'>>;

/** Every case there is, one after the other, for the process's own index; no viewer, so never for an answer. */
export function everyCaseForIndex(): AsyncIterable<CaseForIndex> {
  return CaseModel.collection.find<CaseForIndex>({}, { projection: indexFields, batchSize: 2_000 });
}

/** The words of every case, in small batches: there are many of them. */
export function everyCaseWords(): AsyncIterable<Pick<CaseFile, '_id' | 'searchTerms' | 'loggedAt'>> {
  return CaseModel.collection.find<Pick<CaseFile, '_id' | 'searchTerms' | 'loggedAt'>>(
    {},
    { projection: { searchTerms: 1, loggedAt: 1 }, batchSize: 500 },
  );
}

export async function casesForIndex(ids: string[]): Promise<CaseForIndex[]> {
  const found = CaseModel.collection.find<CaseForIndex>(
    { _id: { $in: ids as never[] } },
    { projection: { ...indexFields, searchTerms: 1 } },
  );
  return found.toArray();
}

/** Which cases changed since, oldest change first: how an index learns what other processes did. */
export function caseVersionsSince(
  since: Date,
): AsyncIterable<Pick<CaseFile, '_id' | 'version' | 'changedAt'>> {
  return CaseModel.collection.find<Pick<CaseFile, '_id' | 'version' | 'changedAt'>>(
    { changedAt: { $gt: since } },
    { projection: { version: 1, changedAt: 1 }, sort: { changedAt: 1, _id: 1 }, batchSize: 2_000 },
  );
}

export const caseCountForIndex = (): Promise<number> => CaseModel.estimatedDocumentCount();

/** Who stands on the sending side of what hangs on a case; no viewer, so only for deciding, never for an answer. */
export async function sidesOfCase(id: string): Promise<CaseSides> {
  const caseFile = await CaseModel.findOne(
    { _id: id },
    { lead: 1, loggedBy: 1, status: 1 },
  ).lean<CaseSides>();
  if (!caseFile) throw notFound();
  return caseFile;
}
export type CaseSides = Pick<CaseFile, 'lead' | 'loggedBy' | 'status'>;

/** The case itself, whole: only for who has proved a right to it elsewhere (a referral, a merge of issues), and never as an answer. */
export async function caseBehindReferral(id: string): Promise<CaseFile> {
  const caseFile = await CaseModel.findOne({ _id: id }, unneeded).lean<CaseFile>();
  if (!caseFile) throw notFound();
  return caseFile;
}
