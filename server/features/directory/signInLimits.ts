// Duty: slow down guessing without locking out a whole office, nor the owner of an account that strangers attack. Passwords are not seen here.
//
// Counted are failures alone. Three counts: account + place (a person who mistypes), account from unknown places (guessing one
// password from many addresses), and distinct accounts per address (one password tried on many accounts). A device or address
// that signed in to the account before answers to the first count alone.
import { createHash } from 'node:crypto';
import { tooMany } from '../../errors.ts';
import type { Origin } from '../../http/session.ts';
import { type Attempts, AttemptsModel, TrustedPlaceModel } from './signInLimits.model.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

interface Rule {
  /** Failures before the first wait. */
  free: number;
  firstWait: number;
  longestWait: number;
}
/** After the right password: a million codes, three of which are right at any moment, so waits are longer. */
const codeRule: Rule = { free: 5, firstWait: 30_000, longestWait: hour };
const pairRule: Rule = { free: 5, firstWait: 30_000, longestWait: 15 * minute };
const accountRule: Rule = { free: 20, firstWait: minute, longestWait: 15 * minute };
/** More distinct accounts than an office mistypes in an hour. */
const accountsPerAddress = 30;
const trustDays = 180;

const hashOf = (...parts: string[]) => createHash('sha256').update(parts.join('\n')).digest('base64url');
const accountOf = (email: string) => hashOf('account', email);
const codeKeys = 'code:';
const accountKey = (account: string) => `account:${account}`;

/** An attempt that was counted as failed beforehand, so that many at once cannot slip through. */
export interface Attempt {
  /** The password was right: takes the count back and, where nothing else is asked for, trusts this place from now on. */
  succeeded(then: { trusts: boolean }): Promise<void>;
}

/** Throws 429 while this account or address must wait, in the same words whether or not the account exists. */
export async function beginAttempt(email: string, from: Origin, now = Date.now()): Promise<Attempt> {
  const account = accountOf(email);
  const { places, place, isStranger } = await placesOf(account, from, now);
  const pairKey = `pair:${place}`;
  const addressKey = `address:${hashOf(from.address)}`;

  await refuseWhileWaiting(isStranger ? [pairKey, accountKey(account)] : [pairKey], now);
  if (isStranger) await countAddress(addressKey, account, now);
  if (isStranger) await countFailure(accountKey(account), account, accountRule, now);
  await countFailure(pairKey, account, pairRule, now);

  return {
    async succeeded({ trusts }) {
      await Promise.all([
        AttemptsModel.deleteOne({ _id: pairKey }),
        ...(isStranger
          ? [
              AttemptsModel.updateOne(
                { _id: accountKey(account) },
                { $inc: { failures: -1 }, $set: { blockedUntil: null } },
              ),
              AttemptsModel.updateOne({ _id: addressKey }, { $pull: { accounts: account } }),
            ]
          : []),
        trusts && trust(places, account, now),
      ]);
    },
  };
}

/** The places that an attempt comes from, the one it is counted under, and whether any of them is known. */
async function placesOf(account: string, from: Origin, now: number) {
  const devicePlace = from.device && hashOf('device', account, from.device);
  const addressPlace = hashOf('address', account, from.address);
  const places = devicePlace ? [devicePlace, addressPlace] : [addressPlace];
  const trusted = await TrustedPlaceModel.find({ _id: { $in: places }, expiresAt: { $gt: new Date(now) } })
    .select('_id')
    .lean<{ _id: string }[]>();
  const knownDevice = trusted.some(({ _id }) => _id === devicePlace);
  return {
    places,
    place: knownDevice ? devicePlace! : addressPlace,
    isStranger: trusted.length === 0,
  };
}

async function trust(places: readonly string[], account: string, now: number): Promise<void> {
  const expiresAt = new Date(now + trustDays * day);
  await Promise.all(
    places.map((_id) =>
      TrustedPlaceModel.updateOne({ _id }, { $set: { account, expiresAt } }, { upsert: true }),
    ),
  );
}

export interface CodeAttempt extends Attempt {
  /** With this one the waiting begins. */
  isFirstWait: boolean;
}

/**
 * The same for a code after the right password. All strangers together have the account's one count, however many addresses
 * they have; a device or address that gave a right code before has its own, so that they cannot lock out the owner.
 */
export async function beginCode(email: string, from: Origin, now = Date.now()): Promise<CodeAttempt> {
  const account = accountOf(email);
  const { places, place, isStranger } = await placesOf(account, from, now);
  const key = `${codeKeys}${isStranger ? account : place}`;
  const failures = await countFailure(key, account, codeRule, now, 'secondFactor.locked');
  return {
    isFirstWait: failures === codeRule.free + 1,
    async succeeded({ trusts }) {
      await Promise.all([AttemptsModel.deleteOne({ _id: key }), trusts && trust(places, account, now)]);
    },
  };
}

/** Looked at before anything is counted, so that trying in vain makes no wait longer. */
async function refuseWhileWaiting(keys: string[], now: number): Promise<void> {
  const waiting = await AttemptsModel.findOne({ _id: { $in: keys }, blockedUntil: { $gt: new Date(now) } })
    .sort({ blockedUntil: -1 })
    .lean<Attempts>();
  if (waiting) throw tooMany(Math.ceil((waiting.blockedUntil!.getTime() - now) / 1000), 'signIn.locked');
}

/** Adds one failure and answers how many there are, or throws while the key must wait. Attempts at once are counted one after the other. */
async function countFailure(
  _id: string,
  account: string,
  rule: Rule,
  now: number,
  code = 'signIn.locked',
): Promise<number> {
  for (let round = 0; round < 20; round += 1) {
    const kept = await AttemptsModel.findOne({ _id }).lean<Attempts>();
    const isOver = kept && kept.expiresAt.getTime() <= now;
    const wait = kept && !isOver ? (kept.blockedUntil?.getTime() ?? 0) - now : 0;
    if (wait > 0) throw tooMany(Math.ceil(wait / 1000), code);
    const failures = (isOver ? 0 : (kept?.failures ?? 0)) + 1;
    const change = {
      account,
      failures,
      blockedUntil: failures > rule.free ? new Date(now + waitAfter(failures, rule)) : null,
      expiresAt: new Date(now + day),
    };
    if (kept) {
      const asRead = { _id, failures: kept.failures, blockedUntil: kept.blockedUntil };
      const { modifiedCount } = await AttemptsModel.updateOne(asRead, { $set: change });
      if (modifiedCount === 1) return failures;
    } else if (await inserted({ _id, ...change })) return failures;
  }
  throw tooMany(1, code);
}

const waitAfter = (failures: number, { free, firstWait, longestWait }: Rule) =>
  Math.min(longestWait, firstWait * 2 ** Math.min(20, failures - free - 1));

/** Notes the account as failing from this address, or throws when too many distinct ones did within the hour. */
async function countAddress(_id: string, account: string, now: number): Promise<void> {
  const kept = await AttemptsModel.findOne({ _id }).lean<Attempts>();
  const expiresAt = new Date(now + hour);
  if (!kept) {
    if (await inserted({ _id, accounts: [account], expiresAt })) return;
  } else if (kept.expiresAt.getTime() <= now) {
    await AttemptsModel.updateOne({ _id }, { $set: { accounts: [account], expiresAt } });
    return;
  } else if (kept.accounts.includes(account)) return;
  else if (kept.accounts.length >= accountsPerAddress)
    throw tooMany(Math.ceil((kept.expiresAt.getTime() - now) / 1000), 'signIn.locked');
  await AttemptsModel.updateOne({ _id }, { $addToSet: { accounts: account } });
}

/** False when another request made it first. */
async function inserted(attempts: Partial<Attempts>): Promise<boolean> {
  try {
    await AttemptsModel.create(attempts);
    return true;
  } catch (error) {
    if ((error as { code?: number }).code === 11000) return false;
    throw error;
  }
}

/** For the administrator's list: until when strangers must wait, by e-mail. */
export async function lockedAccounts(now = new Date()): Promise<(email: string) => Date | null> {
  const kept = await AttemptsModel.find({ account: { $ne: null }, blockedUntil: { $gt: now } })
    .select('account blockedUntil')
    .lean<Attempts[]>();
  const until = new Map<string, Date>();
  for (const { account, blockedUntil } of kept) {
    const before = until.get(account!);
    if (blockedUntil && (!before || before < blockedUntil)) until.set(account!, blockedUntil);
  }
  return (email) => until.get(accountOf(email)) ?? null;
}

/** Forgets every failure of this account, wherever it came from. */
export async function forgetFailures(email: string): Promise<void> {
  await AttemptsModel.deleteMany({ account: accountOf(email) });
}

/** The same for passwords alone: whoever can read somebody's mail gets no further guesses at codes by it. */
export async function forgetPasswordFailures(email: string): Promise<void> {
  await AttemptsModel.deleteMany({ account: accountOf(email), _id: { $not: new RegExp(`^${codeKeys}`) } });
}

/** After a change of password no device or address is known any more but those that sign in with the new one. */
export async function forgetPlaces(email: string): Promise<void> {
  await TrustedPlaceModel.deleteMany({ account: accountOf(email) });
}

const resetsPerAccount = 3;
/** More than an office forgets in an hour; asking for strangers' accounts without end makes neither letters nor records. */
const resetsPerAddress = 30;

/** Whether a reset that this address asks for may be mailed; within the hour only so many, for each account and each address. */
export async function mayMailReset(email: string, address: string, now = Date.now()): Promise<boolean> {
  const fromThere = await countedWithin(`reset-from:${hashOf(address)}`, resetsPerAddress, now);
  return fromThere && countedWithin(`reset:${accountOf(email)}`, resetsPerAccount, now);
}

/** Counts once more; true while it is at most so many within the hour. Counts requests made at once. */
async function countedWithin(_id: string, most: number, now: number): Promise<boolean> {
  for (let round = 0; round < 5; round += 1) {
    const counted = await AttemptsModel.findOneAndUpdate(
      { _id, expiresAt: { $gt: new Date(now) } },
      { $inc: { failures: 1 } },
      { returnDocument: 'after' },
    ).lean<Attempts>();
    if (counted) return counted.failures <= most;
    await AttemptsModel.deleteOne({ _id, expiresAt: { $lte: new Date(now) } });
    if (await inserted({ _id, failures: 1, expiresAt: new Date(now + hour) })) return true;
  }
  return false;
}
