// Duty: a person's own notices, newest first. Nobody reads another's.
import type { NotificationInbox, NotificationRow } from '../../../shared/notifications.ts';
import type { Viewer } from '../../policy.ts';
import { cursorAt, momentAndIdOf } from '../../positions.ts';
import { type NotificationFile, NotificationModel } from './notifications.model.ts';

export async function notificationsFor(
  viewer: Viewer,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<NotificationInbox> {
  const own = { user: viewer.id };
  const position = momentAndIdOf(cursor);
  const after = position
    ? { $or: [{ at: { $lt: position.at } }, { at: position.at, _id: { $lt: position.id } }] }
    : {};
  const [found, total, unread] = await Promise.all([
    NotificationModel.find({ $and: [own, after] })
      .sort({ at: -1, _id: -1 })
      .limit(limit + 1)
      .lean<NotificationFile[]>(),
    NotificationModel.countDocuments(own),
    NotificationModel.countDocuments({ ...own, readAt: null }),
  ]);
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const next = found.length > limit && last ? cursorAt(last.at.toISOString(), last._id) : null;
  return { data: page.map(present), next, total, unread };
}

function present(file: NotificationFile): NotificationRow {
  const { _id, event, reference, caseId, referralId, subject, at, readAt } = file;
  return {
    id: _id,
    event,
    reference,
    caseId,
    referralId,
    subject: subject ?? null,
    at: at.toISOString(),
    readAt: readAt?.toISOString() ?? null,
  };
}
