// Duty: users as others may see them, and the viewer behind a session. Hashes leave only for sign-in and links.
import type { Colleague, UserRecord } from '../../../shared/directory.ts';
import { report } from '../../log.ts';
import { ensure, type Viewer } from '../../policy.ts';
import { mayManageUsers, maySeeColleague } from './directory.policy.ts';
import { owesSecondFactor } from './secondFactor.policy.ts';
import { lockedAccounts } from './signInLimits.ts';
import { type User, UserModel } from './users.model.ts';
import { presentColleague, presentUser } from './users.present.ts';
import { rememberedViewer, rememberViewer, viewerMemoryMilliseconds, viewersGeneration } from './viewers.ts';

/** How often "last seen" is written; a request is not worth a write. */
const seenMilliseconds = 5 * 60_000;

export function viewerOf(user: User): Express.User {
  return {
    id: user._id,
    name: user.name,
    role: user.role,
    municipality: user.municipality ?? null,
    organisation: user.organisation ?? null,
    language: user.language,
    sessionEpoch: user.sessionEpoch,
    example: user.example,
    secondFactor: Boolean(user.secondFactor),
    owesSecondFactor: owesSecondFactor(user),
  };
}

/**
 * The person behind a session; null when they are gone, inactive, or signed out everywhere since.
 * Answers from memory for a few seconds: a change made in this process counts at once, one made elsewhere within seconds.
 */
export async function viewerForSession(id: string, epoch: number): Promise<Express.User | null> {
  const known = rememberedViewer(id);
  if (known?.sessionEpoch === epoch) return known;
  const generation = viewersGeneration();
  const user = await UserModel.findOne({ _id: id, active: true }).lean<User>();
  if (!user) return null;
  const viewer = viewerOf(user);
  rememberViewer(viewer, generation);
  noteSeen(user);
  return viewer.sessionEpoch === epoch ? viewer : null;
}

function noteSeen(user: User): void {
  const now = new Date();
  if (user.lastSeenAt && now.getTime() - user.lastSeenAt.getTime() < seenMilliseconds) return;
  UserModel.updateOne({ _id: user._id }, { $set: { lastSeenAt: now } }).then(undefined, (error: unknown) =>
    report(error, { where: 'lastSeenAt' }),
  );
}

/** The viewer as they are now, for long-lived connections; null when they may no longer sign in. */
export async function viewerNow(id: string): Promise<Viewer | null> {
  const user = await UserModel.findOne({ _id: id, active: true }).lean<User>();
  return user && viewerOf(user);
}

/** For sign-in alone: the one user of that e-mail who may sign in, with the hash. */
export async function userForSignIn(
  email: string,
): Promise<{ viewer: Express.User; passwordHash: string } | null> {
  const user = await UserModel.findOne({ email, active: true }).lean<User>();
  return user?.passwordHash ? { viewer: viewerOf(user), passwordHash: user.passwordHash } : null;
}

/** The viewer's own record. */
export async function ownRecord(viewer: Viewer): Promise<User | null> {
  return UserModel.findOne({ _id: viewer.id }).lean<User>();
}

interface Book {
  colleagues: ReadonlyMap<string, Colleague>;
  /** The same as text, to tell whether anything changed. */
  text: string;
  until: number;
  generation: number;
}
let book: Book | null = null;

/** Names and roles of everybody, from memory for a few seconds; in the order of names. The same object while nobody changes. */
async function everybody(): Promise<ReadonlyMap<string, Colleague>> {
  const generation = viewersGeneration();
  if (book && book.generation === generation && book.until > Date.now()) return book.colleagues;
  const users = await UserModel.find({ firstAdministrator: false })
    .select('name role municipality organisation active')
    .sort({ name: 1, _id: 1 })
    .lean<User[]>();
  const found = users.map(presentColleague);
  const text = JSON.stringify(found);
  const colleagues = book?.text === text ? book.colleagues : new Map(found.map((one) => [one.id, one]));
  book = { colleagues, text, until: Date.now() + viewerMemoryMilliseconds, generation };
  return colleagues;
}

/** By id, for the names on records that the viewer may see anyway. Nobody for a funder. */
export async function colleaguesById(viewer: Pick<Viewer, 'role'>): Promise<ReadonlyMap<string, Colleague>> {
  return viewer.role === 'funder' ? new Map() : everybody();
}

/** Everybody the viewer may see by name and choose from, in the order of names. */
export async function colleaguesOf(viewer: Viewer): Promise<Colleague[]> {
  return [...(await everybody()).values()].filter((colleague) => maySeeColleague(viewer, colleague));
}

/** Every user as the administrator sees them, by name. */
export async function usersFor(viewer: Viewer): Promise<UserRecord[]> {
  ensure(mayManageUsers, viewer, null);
  const [users, locked] = await Promise.all([
    UserModel.find().sort({ name: 1, _id: 1 }).lean<User[]>(),
    lockedAccounts(),
  ]);
  return users.map((user) => presentUser(user, locked(user.email)));
}

/** True when somebody can administer this server; somebody other than that one, if one is named. */
export async function hasAdministrator(otherThan?: string): Promise<boolean> {
  const found = await UserModel.exists({
    role: 'administrator',
    active: true,
    passwordHash: { $ne: null },
    ...(otherThan ? { _id: { $ne: otherThan } } : {}),
  });
  return found !== null;
}

/** Of these organisations, those with somebody who can sign in. */
export async function organisationsWithAccounts(ids: readonly string[]): Promise<ReadonlySet<string>> {
  const found = await UserModel.find(
    { organisation: { $in: [...ids] }, role: 'cso_member', active: true, passwordHash: { $ne: null } },
    { organisation: 1 },
  ).lean<Pick<User, 'organisation'>[]>();
  return new Set(found.flatMap(({ organisation }) => organisation ?? []));
}

/** Somebody to be told something, and how to reach them. */
export interface Reader {
  id: string;
  name: string;
  email: string;
  language: User['language'];
}

/** Active people by id, or by role and scope; for what the server itself has to tell, never for an answer. */
export async function peopleToTell(
  who: { ids: readonly string[] } | Partial<Pick<User, 'role' | 'municipality' | 'organisation'>>,
): Promise<Reader[]> {
  const question = 'ids' in who ? { _id: { $in: [...who.ids] } } : who;
  const users = await UserModel.find(
    { $and: [{ active: true }, question] },
    { name: 1, email: 1, language: 1 },
  )
    .sort({ _id: 1 })
    .lean<User[]>();
  return users.map(({ _id, name, email, language }) => ({ id: _id, name, email, language }));
}
