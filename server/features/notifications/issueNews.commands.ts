// Duty: tell of proposed issues: coordinators that one waits, its author what was decided. A reference and a verb.
import type { NotificationEvent } from '../../../shared/notifications.ts';
import { peopleToTell } from '../directory/users.queries.ts';
import { type IssueToTellOf, issuesChangedSince, issueToTellOf } from '../issues/due.queries.ts';
import { tell } from './notifications.commands.ts';

const decisions: Partial<Record<string, NotificationEvent>> = {
  accept: 'issue.accepted',
  decline: 'issue.declined',
};

/** What the issue's history tells from that moment on. */
async function tellHistory(issue: IssueToTellOf, since: Date, now: Date): Promise<number> {
  let told = 0;
  for (const [at, entry] of issue.history.entries()) {
    const event = entry.what === 'proposed' ? 'issue.proposed' : entry.move && decisions[entry.move];
    if (!event || entry.at < since) continue;
    const readers = await peopleToTell(
      event === 'issue.proposed' ? { role: 'coordinator' } : { ids: [issue.createdBy] },
    );
    told += await tell(
      {
        caseId: '',
        referralId: null,
        subject: { kind: 'issue', id: issue._id },
        reference: issue.reference,
        municipality: issue.municipalities.length === 1 ? issue.municipalities[0]! : null,
        source: `issue ${issue._id} ${at}`,
        event,
        users: readers.map(({ id }) => id),
        guests: [],
        actor: entry.by,
      },
      now,
    );
  }
  return told;
}

export async function tellOfIssue(id: string, overlap: number): Promise<void> {
  const issue = await issueToTellOf(id);
  if (issue) await tellHistory(issue, new Date(issue.changedAt.getTime() - overlap), issue.changedAt);
}

export async function tellMissedOfIssues(since: Date, now: Date): Promise<number> {
  let told = 0;
  for await (const issue of issuesChangedSince(since)) told += await tellHistory(issue, since, now);
  return told;
}
