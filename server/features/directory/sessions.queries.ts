// Duty: the viewer's own sessions. Nobody sees anybody else's.
import type { SessionRecord } from '../../../shared/directory.ts';
import { notSignedIn } from '../../errors.ts';
import { type KeptSession, SessionModel } from '../../http/sessionStore.ts';
import type { Viewer } from '../../policy.ts';
import { ownRecord } from './users.queries.ts';

/** Those that would still be let in, the last used first. */
export async function sessionsOf(viewer: Viewer, currentKey: string): Promise<SessionRecord[]> {
  const own = await ownRecord(viewer);
  if (!own) throw notSignedIn();
  const kept = await SessionModel.find({
    'session.passport.user.id': viewer.id,
    'session.passport.user.epoch': own.sessionEpoch,
    expires: { $gt: new Date() },
  })
    .sort({ lastModified: -1 })
    .limit(100)
    .lean<KeptSession[]>();
  return kept.map(({ _id, session, lastModified }) => {
    const { began, device } = session.passport!.user!;
    return {
      id: _id,
      began,
      device,
      lastUsed: lastModified?.toISOString() ?? began,
      current: _id === currentKey,
    };
  });
}

export async function ownSession(viewer: Viewer, key: string): Promise<boolean> {
  const found = await SessionModel.exists({ _id: key, 'session.passport.user.id': viewer.id });
  return found !== null;
}
