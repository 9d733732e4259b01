// Duty: the life of an invitation: its link, renewed and accepted. Each step writes one user document.

import { newId } from '../../../shared/api.ts';
import type { AcceptInvitation, Invitation } from '../../../shared/directory.ts';
import { conflict, type FieldFault, invalid, notFound } from '../../errors.ts';
import { ensureUsable, hashOfToken, makeLink } from '../../oneTimeLinks.ts';
import { ensure, type Viewer } from '../../policy.ts';
import { userChanged } from './directory.live.ts';
import { invitationMail } from './directory.mails.ts';
import { mayManageUsers } from './directory.policy.ts';
import { ensureStrong, hashPassword } from './passwords.ts';
import type { Settings } from './settings.ts';
import { type User, UserModel } from './users.model.ts';
import { hasAdministrator, viewerOf } from './users.queries.ts';

export const invitationDays = 7;
const invitationLink = (settings: Settings, token: string) => `${settings.address}/invitation/${token}`;

/** Mails the link; gives it back when no mail server took it, so that the administrator can hand it over. */
export async function sendInvitation(settings: Settings, user: User, token: string): Promise<string | null> {
  const link = invitationLink(settings, token);
  return (await settings.mailer.send(invitationMail(user, link))) ? null : link;
}

/** A new link; the old one is worthless from now on. */
export async function renewInvitation(
  viewer: Viewer,
  settings: Settings,
  id: string,
): Promise<{ user: User; link: string | null }> {
  ensure(mayManageUsers, viewer, null);
  const { token, kept } = makeLink(invitationDays);
  const user = await UserModel.findOneAndUpdate(
    { _id: id, joinedAt: null, active: true },
    { $set: { invitation: kept, invitedAt: new Date() } },
    { returnDocument: 'after' },
  ).lean<User>();
  if (!user) {
    if (await UserModel.exists({ _id: id })) throw conflict('user.notWaiting');
    throw notFound();
  }
  const link = await sendInvitation(settings, user, token);
  userChanged({ id: user._id, version: user.version });
  return { user, link };
}

async function invitedBy(token: string): Promise<User> {
  const user = await UserModel.findOne({ 'invitation.hash': hashOfToken(token) }).lean<User>();
  ensureUsable(user?.active ? user.invitation : null);
  return user!;
}

/** What the page behind the link greets with; whoever holds the link is whom it was made for. */
export async function readInvitation(token: string): Promise<Invitation> {
  const user = await invitedBy(token);
  return {
    name: user.firstAdministrator ? '' : user.name,
    email: user.firstAdministrator ? '' : user.email,
    role: user.role,
    language: user.language,
    expiresAt: user.invitation!.expiresAt.toISOString(),
    firstAdministrator: user.firstAdministrator,
  };
}

/** Sets the password and uses the link up, in one write: of two who try at once, one gets in. */
export async function acceptInvitation(input: AcceptInvitation): Promise<Express.User> {
  const user = await invitedBy(input.token);
  const named = user.firstAdministrator ? namesOf(input) : { name: user.name, email: user.email };
  ensureStrong(input.password, named.email);
  const now = new Date();
  const saved = await UserModel.findOneAndUpdate(
    { _id: user._id, active: true, 'invitation.hash': user.invitation!.hash, 'invitation.usedAt': null },
    {
      $set: {
        ...named,
        ...(input.language && { language: input.language }),
        passwordHash: await hashPassword(input.password),
        joinedAt: now,
        firstAdministrator: false,
        'invitation.usedAt': now,
      },
      $inc: { sessionEpoch: 1, version: 1 },
    },
    { returnDocument: 'after' },
  ).lean<User>();
  if (!saved) {
    ensureUsable((await UserModel.findOne({ _id: user._id }).lean<User>())?.invitation);
    throw notFound('link.unknown');
  }
  userChanged({ id: saved._id, version: saved.version });
  return viewerOf(saved);
}

function namesOf({ name, email }: AcceptInvitation): { name: string; email: string } {
  const faults: FieldFault[] = [];
  if (!name) faults.push({ path: ['name'], code: 'required' });
  if (!email) faults.push({ path: ['email'], code: 'required' });
  if (!name || !email) throw invalid(faults);
  return { name, email };
}

/**
 * A link for whoever starts the server, while nobody can administer it; null when somebody can.
 * A second call makes the first link worthless.
 */
export async function inviteFirstAdministrator(settings: Settings): Promise<string | null> {
  if (await hasAdministrator()) return null;
  const { token, kept } = makeLink(invitationDays);
  const changed = await UserModel.updateOne({ firstAdministrator: true }, { $set: { invitation: kept } });
  if (changed.matchedCount === 0) {
    const id = newId();
    await UserModel.create({
      _id: id,
      // Not an address: it is replaced by the administrator's own, and can receive no reset.
      email: `first-administrator@${id}.invalid`,
      name: 'Administrator',
      role: 'administrator',
      language: 'en',
      invitation: kept,
      invitedAt: new Date(),
      firstAdministrator: true,
    });
  }
  return invitationLink(settings, token);
}
