// Duty: write notices, once each, and mark them read. Who is to be told of what: news.ts; when a mail goes: mails.commands.ts.
import { createHash } from 'node:crypto';
import {
  escalatingEvents,
  type NotificationChannel,
  type NotificationEvent,
} from '../../../shared/notifications.ts';
import { clock } from '../../clock.ts';
import { publish } from '../../live/publish.ts';
import { userRoom } from '../../live/rooms.ts';
import type { Viewer } from '../../policy.ts';
import { channelOf, choicesOf, mailMoment } from './choices.commands.ts';
import { type NotificationFile, NotificationModel } from './notifications.model.ts';
import { pushSoon } from './push.commands.ts';

/** Something that happened, and who is to know. */
export interface News extends Pick<NotificationFile, 'source' | 'event' | 'reference' | 'municipality'> {
  caseId: string;
  referralId: string | null;
  /** A record that is neither a case nor a referral; only who may see it is told. */
  subject?: NotificationFile['subject'];
  /** Those on the case's side. */
  users: readonly string[];
  /** Those who know the referral alone. */
  guests: readonly string[];
  /** Who did it needs no telling. */
  actor: string | null;
}

/** The same happening and person make the same id. */
function idFrom(source: string, event: NotificationEvent, user: string): string {
  const hash = createHash('sha256').update(`${source} ${event} ${user}`).digest('hex');
  const variant = ((Number.parseInt(hash[16]!, 16) & 3) | 8).toString(16);
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-${variant}${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

/** Safe to repeat and from several processes: who was told before is not told again. Answers how many were told now. */
export async function tell(news: News, now = clock.now()): Promise<number> {
  const guests = new Set(news.guests);
  const users = [...new Set([...news.users, ...news.guests])].filter((id) => id !== news.actor);
  const choices = await choicesOf(users);
  let told = 0;
  for (const user of users) {
    const chosen = choices.get(user);
    const channel: NotificationChannel = channelOf(chosen, news.event);
    if (channel === 'off') continue;
    const isGuest = guests.has(user) && !news.users.includes(user);
    const file: NotificationFile = {
      _id: idFrom(news.source, news.event, user),
      user,
      event: news.event,
      source: news.source,
      reference: news.reference,
      municipality: news.municipality,
      caseId: isGuest ? null : news.caseId || null,
      referralId: news.referralId,
      subject: news.subject ?? null,
      at: now,
      readAt: null,
      mailDueAt: mailMoment(channel, chosen?.quiet ?? null, now),
      mailedAt: null,
      escalates: escalatingEvents.includes(news.event),
    };
    const written = await NotificationModel.updateOne(
      { _id: file._id },
      { $setOnInsert: file },
      { upsert: true },
    ).catch((error: unknown) => {
      if ((error as { code?: number }).code === 11000) return { upsertedCount: 0 };
      throw error;
    });
    if (written.upsertedCount === 0) continue;
    told += 1;
    publish('notification.added', { id: file._id }, [userRoom(user)]);
    pushSoon(file, chosen?.quiet ?? null, now);
  }
  return told;
}

/** Only one's own; others' ids change nothing. */
export async function markRead(viewer: Viewer, ids: readonly string[] | null): Promise<void> {
  const which = ids ? { _id: { $in: [...ids] } } : {};
  await NotificationModel.updateMany(
    { user: viewer.id, readAt: null, ...which },
    { $set: { readAt: clock.now() } },
  );
  publish('notification.read', { id: viewer.id }, [userRoom(viewer.id)]);
}
