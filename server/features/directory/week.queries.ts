// Duty: what of users belongs in an administrator's week: invitations that nobody took up. A number, no names.
import { emptyPart, type WeekPart, weekItem } from '../../../shared/week.ts';
import type { Viewer } from '../../policy.ts';
import { mayManageUsers } from './directory.policy.ts';
import { UserModel } from './users.model.ts';

export async function invitationWeek(viewer: Viewer): Promise<WeekPart> {
  if (!mayManageUsers(viewer, null)) return emptyPart();
  const open = await UserModel.countDocuments({
    active: true,
    passwordHash: null,
    firstAdministrator: false,
  });
  if (open === 0) return emptyPart();
  const item = weekItem({ key: 'invited', place: 'users', id: null, verb: 'users.invited', count: open });
  return { ...emptyPart(), waiting: [item] };
}
