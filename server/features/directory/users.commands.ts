// Duty: what an administrator does to users: invite, revise, retire, unlock. Their own account is account.commands.ts.
import { newId } from '../../../shared/api.ts';
import type { UserFields, UserInvite, UserRevise } from '../../../shared/directory.ts';
import { AppError, conflict, invalid, notFound } from '../../errors.ts';
import { makeLink } from '../../oneTimeLinks.ts';
import { ensure, type Viewer } from '../../policy.ts';
import { userChanged, viewerChanged, viewerSignedOut } from './directory.live.ts';
import { mayManageUsers } from './directory.policy.ts';
import { invitationDays, sendInvitation } from './invitations.commands.ts';
import { activeOrganisationExists } from './organisations.queries.ts';
import { hashPassword } from './passwords.ts';
import { layOver } from './revisions.ts';
import type { Settings } from './settings.ts';
import { forgetFailures } from './signInLimits.ts';
import { type User, UserModel } from './users.model.ts';
import { presentUser } from './users.present.ts';
import { hasAdministrator, viewerOf } from './users.queries.ts';

const duplicateKey = 11000;

/** Repeating the same request makes no second user and sends no second mail. */
export async function inviteUser(
  viewer: Viewer,
  settings: Settings,
  input: UserInvite,
): Promise<{ user: User; link: string | null }> {
  ensure(mayManageUsers, viewer, null);
  await ensureOrganisation(input.organisation);
  const { id, ...fields } = input;
  const { token, kept } = makeLink(invitationDays);
  try {
    await UserModel.create({ _id: id, ...fields, invitation: kept, invitedAt: new Date() });
  } catch (error) {
    if ((error as { code?: number }).code !== duplicateKey) throw error;
    const before = await UserModel.findOne({ _id: id }).lean<User>();
    if (before?.email === input.email) return { user: before, link: null };
    if (before) throw conflict('id.taken');
    throw new AppError(409, 'user.emailTaken', { faults: [{ path: ['email'], code: 'taken' }] });
  }
  const user = (await UserModel.findOne({ _id: id }).lean<User>())!;
  const link = await sendInvitation(settings, user, token);
  userChanged({ id, version: user.version });
  return { user, link };
}

async function ensureOrganisation(id: string | null): Promise<void> {
  if (id && !(await activeOrganisationExists(id)))
    throw invalid([{ path: ['organisation'], code: 'not_found' }]);
}

/** Changes name, role, scope, language or whether they may sign in; takes effect in their open browsers at once. */
export async function reviseUser(viewer: Viewer, id: string, input: UserRevise): Promise<User> {
  ensure(mayManageUsers, viewer, null);
  const kept = await UserModel.findOne({ _id: id }).lean<User>();
  if (!kept) throw notFound();
  const { version: base, ...fields } = input;
  const { changes, fieldVersions, conflicts } = layOver<Omit<UserRevise, 'version'>>(
    asRevisable(kept),
    fields,
    base,
  );
  if (base > kept.version || conflicts.length > 0)
    throw conflict('user.stale', { current: presentUser(kept, null), conflicts });
  if (Object.keys(changes).length === 0) return kept;
  if (changes.organisation) await ensureOrganisation(changes.organisation);
  const retires = changes.active === false;
  const isAdministrator = kept.role === 'administrator' && kept.active;
  if (isAdministrator && (retires || changes.role) && !(await hasAdministrator(id)))
    throw conflict('user.lastAdministrator');
  const saved = await UserModel.findOneAndUpdate(
    { _id: id, version: kept.version },
    {
      $set: { ...changes, fieldVersions, version: kept.version + 1 },
      ...(retires ? { $inc: { sessionEpoch: 1 } } : {}),
    },
    { returnDocument: 'after' },
  ).lean<User>();
  if (!saved) return reviseUser(viewer, id, input);
  if (isAdministrator && !(await hasAdministrator())) await putBack(kept, saved);
  userChanged({ id, version: saved.version });
  if (saved.active) viewerChanged(viewerOf(saved));
  else viewerSignedOut(id);
  return saved;
}

const asRevisable = ({
  version,
  fieldVersions,
  name,
  role,
  municipality,
  organisation,
  language,
  active,
}: User) => ({
  version,
  fieldVersions,
  name,
  role,
  municipality: municipality ?? null,
  organisation: organisation ?? null,
  language,
  active,
});

/**
 * The last administrator stays. Asked again after the write, because two who demote each other at once both saw somebody
 * left before it: whoever finds nobody left undoes their own change.
 */
async function putBack(before: User, after: User): Promise<never> {
  await UserModel.updateOne(
    { _id: after._id, version: after.version },
    {
      $set: {
        role: before.role,
        municipality: before.municipality,
        organisation: before.organisation,
        active: before.active,
        version: after.version + 1,
      },
    },
  );
  userChanged({ id: after._id, version: after.version + 1 });
  throw conflict('user.lastAdministrator');
}

/** Lets an account that was locked by guessing try again from anywhere. */
export async function unlockUser(viewer: Viewer, id: string): Promise<User> {
  ensure(mayManageUsers, viewer, null);
  const user = await UserModel.findOne({ _id: id }).lean<User>();
  if (!user) throw notFound();
  await forgetFailures(user.email);
  userChanged({ id, version: user.version });
  return user;
}

type ExampleFields = UserFields & { email: string; password: string };

/** Joined users marked as example, for seeds alone. Safe to repeat: the e-mail is the key. */
export async function recordExampleUsers(users: readonly ExampleFields[]): Promise<void> {
  const hashes = new Map<string, string>();
  for (const { email, password, name, role, municipality, organisation, language } of users) {
    const passwordHash = hashes.get(password) ?? (await hashPassword(password));
    hashes.set(password, passwordHash);
    const _id = newId();
    const now = new Date();
    const made = {
      name,
      role,
      municipality,
      organisation,
      language,
      passwordHash,
      invitedAt: now,
      joinedAt: now,
    };
    const { upsertedCount } = await UserModel.updateOne(
      { email },
      { $setOnInsert: { _id, ...made, example: true } },
      { upsert: true },
    );
    if (upsertedCount > 0) userChanged({ id: _id, version: 1 });
  }
}
