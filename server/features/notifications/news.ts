// Duty: from what happened to a case or a referral, who is to be told what. Reads histories, so that a repeat finds the same.
import type { CommitmentEvent } from '../../../shared/commitments.ts';
import type { MunicipalitySlug } from '../../../shared/directory.ts';
import type { NotificationEvent } from '../../../shared/notifications.ts';
import type { ReferralEvent } from '../../../shared/referrals.ts';
import { teamsOf } from '../campaigns/campaigns.queries.ts';
import { type CaseFile, sidesOfCase } from '../cases/cases.queries.ts';
import type { CommitmentToTellOf } from '../commitments/due.queries.ts';
import { peopleToTell } from '../directory/users.queries.ts';
import type { ReferralFile } from '../referrals/referrals.queries.ts';
import type { News } from './notifications.commands.ts';

type Side = 'sender' | 'recipient';
const referralNews: Partial<Record<ReferralEvent, { event: NotificationEvent; to: Side }>> = {
  send: { event: 'referral.sent', to: 'recipient' },
  accept: { event: 'referral.accepted', to: 'sender' },
  decline: { event: 'referral.declined', to: 'sender' },
  complete: { event: 'referral.completed', to: 'sender' },
  fail: { event: 'referral.unsuccessful', to: 'sender' },
  reroute: { event: 'referral.rerouted', to: 'sender' },
  expire: { event: 'referral.expired', to: 'sender' },
  resolve_case: { event: 'case.resolvedByPartner', to: 'sender' },
  recall: { event: 'referral.recalled', to: 'recipient' },
  withdraw_consent: { event: 'referral.withdrawn', to: 'recipient' },
  confirm: { event: 'referral.confirmed', to: 'recipient' },
};

const ids = (people: { id: string }[]) => people.map(({ id }) => id);

/** Who sent it and who leads the case; where nobody of them is here any more, the team lead and coordinators. */
export async function sendersOf(referral: ReferralFile): Promise<string[]> {
  const { lead, loggedBy } = await sidesOfCase(referral.caseId);
  const own = ids(await peopleToTell({ ids: [referral.sender, lead ?? loggedBy ?? referral.sender] }));
  return own.length > 0 ? own : leadersOf(referral);
}

/** The team leads of the place; where there is none, the coordinators. */
export async function leadersOf({
  municipality,
}: {
  municipality: MunicipalitySlug | null;
}): Promise<string[]> {
  const leads = municipality ? ids(await peopleToTell({ role: 'team_lead', municipality })) : [];
  return leads.length > 0 ? leads : ids(await peopleToTell({ role: 'coordinator' }));
}

/** Who leads the case; where nobody does, or who did is here no more, the team lead. */
export async function leadOrLeaders({
  lead,
  municipality,
}: Pick<CaseFile, 'lead' | 'municipality'>): Promise<string[]> {
  const own = lead ? ids(await peopleToTell({ ids: [lead] })) : [];
  return own.length > 0 ? own : leadersOf({ municipality });
}

async function recipientsOf({ recipient, worker, history }: ReferralFile): Promise<string[]> {
  // What was never sent, nobody there knows of.
  if (!history.some(({ to }) => to === 'pending')) return [];
  const members = await peopleToTell({ role: 'cso_member', organisation: recipient });
  const own = members.filter(({ id }) => id === worker);
  return ids(own.length > 0 ? own : members);
}

/** What the referral's history tells from that moment on. */
export async function newsOfReferral(referral: ReferralFile, since: Date): Promise<News[]> {
  const news: News[] = [];
  for (const [at, entry] of referral.history.entries()) {
    const known = referralNews[entry.move];
    if (!known || entry.at < since) continue;
    const users = known.to === 'sender' ? await sendersOf(referral) : [];
    if (entry.move === 'expire') users.push(...ids(await peopleToTell({ role: 'coordinator' })));
    news.push({
      ...aboutReferral(referral),
      source: `referral ${referral._id} ${at}`,
      event: known.event,
      users,
      guests: known.to === 'recipient' ? await recipientsOf(referral) : [],
      actor: entry.by,
    });
  }
  return news;
}

export const aboutReferral = ({ _id, caseId, reference, municipality }: ReferralFile) => ({
  caseId,
  referralId: _id,
  reference,
  municipality,
});

export type CaseNews = Pick<CaseFile, '_id' | 'reference' | 'municipality' | 'lead' | 'loggedBy' | 'history'>;

export function newsOfCase(caseFile: CaseNews, since: Date): News[] {
  return caseFile.history.flatMap((entry, at): News[] => {
    if (entry.at < since) return [];
    const about = { ...aboutCase(caseFile), source: `case ${caseFile._id} ${at}`, actor: entry.by };
    if (entry.person) return [{ ...about, event: 'case.assigned', users: [entry.person] }];
    if (entry.move === 'reopen' && caseFile.lead)
      return [{ ...about, event: 'case.reopened', users: [caseFile.lead] }];
    return [];
  });
}

export const aboutCase = ({ _id, reference, municipality }: Omit<CaseNews, 'history'>) => ({
  caseId: _id,
  referralId: null,
  reference,
  municipality,
  guests: [],
});

type Told = 'coordinators' | 'author' | 'checkers' | 'followers';
const commitmentNews: Partial<Record<CommitmentEvent, { event: NotificationEvent; to: Told[] }>> = {
  approve: { event: 'commitment.approved', to: ['author'] },
  decline: { event: 'commitment.declined', to: ['author'] },
  due_passed: { event: 'commitment.overdue', to: ['coordinators', 'author', 'followers'] },
  check_due: { event: 'commitment.checkDue', to: ['coordinators', 'checkers'] },
  went_stale: { event: 'commitment.stale', to: ['coordinators'] },
};

async function toldOf(who: Told, { author, checks, campaignIds }: CommitmentToTellOf): Promise<string[]> {
  switch (who) {
    case 'coordinators':
      return ids(await peopleToTell({ role: 'coordinator' }));
    case 'author':
      return author ? ids(await peopleToTell({ ids: [author] })) : [];
    case 'checkers': {
      const last = checks.at(-1)?.by;
      return last ? ids(await peopleToTell({ ids: [last] })) : [];
    }
    case 'followers':
      return ids(await peopleToTell({ ids: await teamsOf(campaignIds) }));
  }
}

/** A reference and a verb: neither the words that were promised nor who said them. */
export async function newsOfCommitment(commitment: CommitmentToTellOf, since: Date): Promise<News[]> {
  const { _id, reference, municipality, history } = commitment;
  const news: News[] = [];
  for (const [at, entry] of history.entries()) {
    if (entry.at < since) continue;
    const isProposal = entry.event === 'record' && entry.to === 'proposed';
    const known = isProposal
      ? { event: 'commitment.proposed' as const, to: ['coordinators' as const] }
      : commitmentNews[entry.event];
    if (!known) continue;
    const told = await Promise.all(known.to.map((who) => toldOf(who, commitment)));
    news.push({
      caseId: '',
      referralId: null,
      subject: { kind: 'commitment', id: _id },
      reference,
      municipality,
      guests: [],
      source: `commitment ${_id} ${at}`,
      event: known.event,
      users: told.flat(),
      actor: entry.by,
    });
  }
  return news;
}
