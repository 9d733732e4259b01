// Duty: a forgotten password: a link by mail, used once. Whether an e-mail is known is told to nobody.
import type { z } from 'zod';
import type { resetPasswordInput } from '../../../shared/directory.ts';
import { notFound } from '../../errors.ts';
import { report } from '../../log.ts';
import { ensureUsable, hashOfToken, makeLink } from '../../oneTimeLinks.ts';
import { viewerSignedOut } from './directory.live.ts';
import { passwordChangedMail, resetMail } from './directory.mails.ts';
import { ensureStrong, hashPassword } from './passwords.ts';
import type { Settings } from './settings.ts';
import { forgetPasswordFailures, forgetPlaces, mayMailReset } from './signInLimits.ts';
import { type User, UserModel } from './users.model.ts';

const resetDays = 1 / 12;

/** Returns at once, known e-mail or not: what is to be done goes on behind, so that the answer's time tells nothing. */
export function requestPasswordReset(settings: Settings, email: string, address: string): void {
  mailReset(settings, email, address).catch((error: unknown) => report(error, { where: 'passwordReset' }));
}

async function mailReset(settings: Settings, email: string, address: string): Promise<void> {
  if (!(await mayMailReset(email, address))) return;
  const { token, kept } = makeLink(resetDays);
  const user = await UserModel.findOneAndUpdate(
    {
      email,
      active: true,
      passwordHash: { $ne: null },
      ...(settings.exampleAccounts ? {} : { example: false }),
    },
    { $set: { reset: kept } },
    { returnDocument: 'after' },
  ).lean<User>();
  if (user) await settings.mailer.send(resetMail(user, `${settings.address}/reset/${token}`));
}

async function userOfReset(token: string): Promise<User> {
  const user = await UserModel.findOne({ 'reset.hash': hashOfToken(token) }).lean<User>();
  ensureUsable(user?.active ? user.reset : null);
  return user!;
}

/** Whether the link can still be used; throws 404 or 410 when not. */
export async function checkPasswordReset(token: string): Promise<{ expiresAt: string }> {
  return { expiresAt: (await userOfReset(token)).reset!.expiresAt.toISOString() };
}

/** Sets the password, uses the link up and ends every session, in one write. Opens an account that was locked by guessing. */
export async function finishPasswordReset(
  settings: Settings,
  input: z.infer<typeof resetPasswordInput>,
): Promise<void> {
  const user = await userOfReset(input.token);
  ensureStrong(input.password, user.email);
  const saved = await UserModel.findOneAndUpdate(
    { _id: user._id, active: true, 'reset.hash': user.reset!.hash, 'reset.usedAt': null },
    {
      $set: { passwordHash: await hashPassword(input.password), 'reset.usedAt': new Date() },
      $inc: { sessionEpoch: 1 },
    },
    { returnDocument: 'after' },
  ).lean<User>();
  if (!saved) {
    ensureUsable((await UserModel.findOne({ _id: user._id }).lean<User>())?.reset);
    throw notFound('link.unknown');
  }
  await Promise.all([forgetPlaces(saved.email), forgetPasswordFailures(saved.email)]);
  viewerSignedOut(saved._id);
  await settings.mailer.send(passwordChangedMail(saved));
}
