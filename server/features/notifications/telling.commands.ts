// Duty: hear what happens and tell it; find by time what is due, late or unopened; make up for what a stop cut short. Safe to repeat.
import { escalateAfterHours } from '../../../shared/notifications.ts';
import { clock, dayAfter, dayOf } from '../../clock.ts';
import { onPublished } from '../../live/publish.ts';
import { report } from '../../log.ts';
import {
  casesChangedSince,
  casesToConfirm,
  casesWaitingUntil,
  casesWithStepsDue,
  caseToTellOf,
} from '../cases/due.queries.ts';
import { commitmentsChangedSince, commitmentToTellOf } from '../commitments/due.queries.ts';
import { peopleToTell } from '../directory/users.queries.ts';
import { type OverrideListener, onConsentOverridden } from '../identities/overrides.commands.ts';
import { referralsChangedSince, referralsToConfirm, referralToTellOf } from '../referrals/due.queries.ts';
import { tellMissedOfCampaigns, tellOfCampaign } from './campaignNews.commands.ts';
import { tellMissedOfIssues, tellOfIssue } from './issueNews.commands.ts';
import { tellMissedOfLetters, tellOfLetter } from './letterNews.commands.ts';
import {
  aboutCase,
  aboutReferral,
  leadersOf,
  leadOrLeaders,
  newsOfCase,
  newsOfCommitment,
  newsOfReferral,
  sendersOf,
} from './news.ts';
import { type News, tell } from './notifications.commands.ts';
import { type NotificationFile, NotificationModel } from './notifications.model.ts';
import { tellMissedOfReleases, tellOfRelease } from './releaseNews.commands.ts';

const hour = 3_600_000;
/** How far back a change just heard of may lie, and how far a job looks behind its last run: clocks of processes differ. */
const overlap = 5 * 60_000;
/** At the very first run, older things are history. */
const firstLook = 24 * hour;
const firstLookDays = 7;

async function tellAll(news: News[], now: Date): Promise<number> {
  let told = 0;
  for (const one of news) told += await tell(one, now);
  return told;
}

async function tellOfReferral(id: string): Promise<void> {
  const referral = await referralToTellOf(id);
  if (!referral) return;
  const since = new Date(referral.changedAt.getTime() - overlap);
  await tellAll(await newsOfReferral(referral, since), referral.changedAt);
}

async function tellOfCase(id: string): Promise<void> {
  const caseFile = await caseToTellOf(id);
  const last = caseFile?.history.at(-1)?.at;
  if (caseFile && last) await tellAll(newsOfCase(caseFile, new Date(last.getTime() - overlap)), last);
}

async function tellOfCommitment(id: string): Promise<void> {
  const commitment = await commitmentToTellOf(id);
  if (!commitment) return;
  const since = new Date(commitment.changedAt.getTime() - overlap);
  await tellAll(await newsOfCommitment(commitment, since), commitment.changedAt);
}

const tellOfOverride: OverrideListener = async ({ id, caseId, lead, by }) => {
  const caseFile = await caseToTellOf(caseId);
  if (!caseFile) return;
  const coordinators = await peopleToTell({ role: 'coordinator' });
  const users = [...coordinators.map((one) => one.id), ...(lead ? [lead] : [])];
  await tell({
    ...aboutCase(caseFile),
    source: `override ${id}`,
    event: 'consent.overridden',
    users,
    actor: by,
  });
};

/** What is still being told; tests and a graceful stop wait for it. */
const underWay = new Set<Promise<void>>();

function soon(work: Promise<void>): void {
  const guarded: Promise<void> = work
    .catch((error: unknown) => report(error, { where: 'notifications' }))
    .finally(() => underWay.delete(guarded));
  underWay.add(guarded);
}

export async function everythingTold(): Promise<void> {
  while (underWay.size > 0) await Promise.all(underWay);
}

let leave: (() => void) | null = null;

/** Called once per app; again changes nothing. */
export function startTelling(): void {
  if (leave) return;
  leave = onPublished((name, change) => {
    if (name === 'referral.changed') soon(tellOfReferral(change.id));
    if (name === 'issue.changed') soon(tellOfIssue(change.id, overlap));
    if (name === 'campaign.changed') soon(tellOfCampaign(change.id, overlap));
    if (name === 'letter.changed') soon(tellOfLetter(change.id, overlap));
    if (name === 'commitment.changed') soon(tellOfCommitment(change.id));
    if (name === 'release.changed') soon(tellOfRelease(change.id, overlap));
    if (name === 'case.changed') soon(tellOfCase(change.id));
  });
  onConsentOverridden(tellOfOverride);
}

/** What a stop between a save and its telling left untold. */
export async function tellWhatWasMissed(now = clock.now(), lastRun: Date | null = null): Promise<number> {
  const since = new Date((lastRun?.getTime() ?? now.getTime() - firstLook) - overlap);
  let told = 0;
  for await (const referral of referralsChangedSince(since))
    told += await tellAll(await newsOfReferral(referral, since), now);
  for await (const caseFile of casesChangedSince(since))
    told += await tellAll(newsOfCase(caseFile, since), now);
  for await (const commitment of commitmentsChangedSince(since))
    told += await tellAll(await newsOfCommitment(commitment, since), now);
  told += await tellMissedOfLetters(since, now);
  told += await tellMissedOfIssues(since, now);
  told += await tellMissedOfCampaigns(since, now);
  told += await tellMissedOfReleases(since, now);
  return told;
}

/** Days that have passed since the last look; a long stop leaves none out. */
const daysSince = (lastRun: Date | null, now: Date) => ({
  after: dayAfter(dayOf(lastRun ?? now), lastRun ? -2 : -firstLookDays),
  until: dayAfter(dayOf(now), -1),
});

/** Next steps and waits whose day has passed: the lead is told, where none is named the team lead. */
export async function tellOverdueSteps(now = clock.now(), lastRun: Date | null = null): Promise<number> {
  const { after, until } = daysSince(lastRun, now);
  let told = 0;
  for await (const caseFile of casesWithStepsDue(after, until)) {
    const { nextStep } = caseFile;
    if (!nextStep) continue;
    told += await tell(
      {
        ...aboutCase(caseFile),
        source: `step ${caseFile._id} ${nextStep.id} ${nextStep.due}`,
        event: 'case.stepOverdue',
        users: await leadOrLeaders(caseFile),
        actor: null,
      },
      now,
    );
  }
  for await (const caseFile of casesWaitingUntil(after, until))
    told += await tell(
      {
        ...aboutCase(caseFile),
        source: `wait ${caseFile._id} ${caseFile.waitingOn?.until}`,
        event: 'case.waitOver',
        users: await leadOrLeaders(caseFile),
        actor: null,
      },
      now,
    );
  return told;
}

/** "Did the person receive it?", "Is it so?": asked when the days for it are over. */
export async function tellDueConfirmations(now = clock.now(), lastRun: Date | null = null): Promise<number> {
  const days = daysSince(lastRun, now);
  const until = dayOf(now);
  let told = 0;
  for await (const referral of referralsToConfirm(days.after, until))
    told += await tell(
      {
        ...aboutReferral(referral),
        source: `confirm ${referral._id} ${referral.dueOn}`,
        event: 'referral.confirmationDue',
        users: await sendersOf(referral),
        guests: [],
        actor: null,
      },
      now,
    );
  for await (const caseFile of casesToConfirm(days.after, until))
    told += await tell(
      {
        ...aboutCase(caseFile),
        source: `confirm ${caseFile._id} ${caseFile.confirmationDue}`,
        event: 'case.confirmationDue',
        users: await leadOrLeaders(caseFile),
        actor: null,
      },
      now,
    );
  return told;
}

/** What nobody who was told has opened for a day goes to the team lead, once. */
export async function escalateUnopened(now = clock.now()): Promise<number> {
  const before = new Date(now.getTime() - escalateAfterHours * hour);
  const waiting = await NotificationModel.find({ escalates: true, at: { $lte: before } })
    .limit(1_000)
    .lean<NotificationFile[]>();
  let told = 0;
  for (const source of new Set(waiting.map((one) => one.source))) {
    const group = await NotificationModel.find({ source, escalates: true }).lean<NotificationFile[]>();
    const [first] = group;
    if (!first) continue;
    if (group.every(({ readAt }) => readAt === null)) {
      const knowing = new Set(group.map(({ user }) => user));
      const leaders = (await leadersOf(first)).filter((id) => !knowing.has(id));
      const coordinators = leaders.length > 0 ? [] : await peopleToTell({ role: 'coordinator' });
      told += await tell(
        {
          source: `unopened ${source}`,
          event: 'escalated',
          reference: first.reference,
          municipality: first.municipality,
          caseId: first.caseId ?? (await caseOf(first)),
          referralId: first.referralId,
          subject: first.subject ?? null,
          users: [...leaders, ...coordinators.map(({ id }) => id)].filter((id) => !knowing.has(id)),
          guests: [],
          actor: null,
        },
        now,
      );
    }
    await NotificationModel.updateMany({ source }, { $set: { escalates: false } });
  }
  return told;
}

/** Guests' notices lead to no case; the team lead's does. */
async function caseOf({ referralId }: NotificationFile): Promise<string> {
  return (referralId && (await referralToTellOf(referralId))?.caseId) || '';
}
