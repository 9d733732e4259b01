// Duty: send what is due by mail: each person one letter with everything that waits, references and verbs alone. Safe to repeat.
import { clock } from '../../clock.ts';
import type { Mail, Mailer } from '../../mail/mailer.ts';
import { speakers } from '../../words.ts';
import { peopleToTell, type Reader } from '../directory/users.queries.ts';
import { afterQuiet, choicesOf } from './choices.commands.ts';
import { type NotificationFile, NotificationModel } from './notifications.model.ts';
import { lineOf } from './words.ts';

const mostAtOnce = 2_000;

/**
 * Sends first and notes it after: a stop in between may send a letter twice, but never loses one. Who has read all of it in
 * the page gets none; who is in quiet hours gets it after.
 */
export async function sendDueMails(
  settings: { address: string; mailer: Mailer },
  now = clock.now(),
): Promise<number> {
  const due = await NotificationModel.find({ mailDueAt: { $lte: now } })
    .sort({ at: 1 })
    .limit(mostAtOnce)
    .lean<NotificationFile[]>();
  const users = [...new Set(due.map(({ user }) => user))];
  const [readers, choices] = await Promise.all([peopleToTell({ ids: users }), choicesOf(users)]);
  let sent = 0;
  for (const user of users) {
    const own = due.filter((one) => one.user === user);
    const which = { _id: { $in: own.map(({ _id }) => _id) } };
    const reader = readers.find(({ id }) => id === user);
    const unread = own.filter(({ readAt }) => readAt === null);
    const later = afterQuiet(now, choices.get(user)?.quiet ?? null);
    if (later > now) {
      await NotificationModel.updateMany(which, { $set: { mailDueAt: later } });
      continue;
    }
    if (reader && unread.length > 0) {
      await settings.mailer.send(newsMail(reader, unread, settings.address));
      sent += 1;
    }
    await NotificationModel.updateMany(which, { $set: { mailDueAt: null, mailedAt: now } });
  }
  return sent;
}

function newsMail(reader: Reader, news: NotificationFile[], address: string): Mail {
  const { say } = speakers[reader.language];
  const lines = news.map((one) => lineOf(one, reader.language));
  return {
    to: reader.email,
    subject: say('notifications.mail.subject', { count: news.length }),
    text: [
      say('mail.greeting', { name: reader.name }),
      lines.join('\n'),
      `${address}/notifications`,
      say('notifications.mail.end'),
      say('app.name'),
    ].join('\n\n'),
  };
}
