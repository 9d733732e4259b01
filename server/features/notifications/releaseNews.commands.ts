// Duty: tell coordinators that a period is counted or could not be, and them and funders that a release is out. A reference and a verb.
import type { NotificationEvent } from '../../../shared/notifications.ts';
import { releaseReference } from '../../../shared/periods.ts';
import { peopleToTell } from '../directory/users.queries.ts';
import { type ReleaseToTellOf, releasesChangedSince, releaseToTellOf } from '../summaries/due.queries.ts';
import { tell } from './notifications.commands.ts';

const counting: Partial<Record<string, NotificationEvent>> = {
  counted: 'release.counted',
  failed: 'release.failed',
};

async function tellOf(release: ReleaseToTellOf, since: Date, now: Date): Promise<number> {
  const { _id, period, number, status, publishedAt, history } = release;
  const coordinators = await peopleToTell({ role: 'coordinator' });
  const say = (event: NotificationEvent, source: string, readers: { id: string }[], actor: string | null) =>
    tell(
      {
        caseId: '',
        referralId: null,
        subject: { kind: 'release', id: _id },
        reference: releaseReference(period, number),
        municipality: null,
        source: `release ${_id} ${source}`,
        event,
        users: readers.map(({ id }) => id),
        guests: [],
        actor,
      },
      now,
    );
  let told = 0;
  for (const [at, entry] of history.entries()) {
    const event = counting[entry.what];
    if (event && entry.at >= since) told += await say(event, String(at), coordinators, null);
  }
  // It is out when it has its place, not when somebody asked for it.
  if (status !== 'published' || !publishedAt || publishedAt < since) return told;
  const readers = [...coordinators, ...(await peopleToTell({ role: 'funder' }))];
  const publisher = history.findLast(({ what }) => what === 'publish')?.by ?? null;
  return told + (await say('release.published', 'out', readers, publisher));
}

export async function tellOfRelease(id: string, overlap: number): Promise<void> {
  const release = await releaseToTellOf(id);
  const last = release?.history.at(-1)?.at;
  if (release && last) await tellOf(release, new Date(last.getTime() - overlap), last);
}

export async function tellMissedOfReleases(since: Date, now: Date): Promise<number> {
  let told = 0;
  for await (const release of releasesChangedSince(since)) told += await tellOf(release, since, now);
  return told;
}
