// Duty: which browsers are pushed to, and pushing a notice to them: once, not in quiet hours, lost when it fails: the page has it anyway.
import { createHash } from 'node:crypto';
import {
  isPushService,
  type NotificationChoices,
  type PushPayload,
  type PushSubscribe,
} from '../../../shared/notifications.ts';
import { clock } from '../../clock.ts';
import { invalid, unavailable } from '../../errors.ts';
import { onPublished } from '../../live/publish.ts';
import { report } from '../../log.ts';
import type { Viewer } from '../../policy.ts';
import { peopleToTell } from '../directory/users.queries.ts';
import { afterQuiet } from './choices.commands.ts';
import type { NotificationFile } from './notifications.model.ts';
import { type PushSubscriptionFile, PushSubscriptionModel } from './push.model.ts';
import type { Pusher } from './pusher.ts';
import { lineOf } from './words.ts';

const mostBrowsers = 10;

let pusher: Pusher | null = null;
const underWay = new Set<Promise<void>>();

/** Made where the environment is known; a test gives its own. */
export function pushThrough(wanted: Pusher | null): void {
  pusher = wanted;
}

export async function everythingPushed(): Promise<void> {
  while (underWay.size > 0) await Promise.all(underWay);
}

const idOf = (endpoint: string) => createHash('sha256').update(endpoint).digest('hex');

export async function pushKey(): Promise<string> {
  if (!pusher) throw unavailable();
  return pusher.publicKey();
}

/** One browser is pushed to for whoever subscribed there last; a person's oldest beyond the tenth is forgotten. */
export async function subscribeToPush(viewer: Viewer, { endpoint, keys }: PushSubscribe): Promise<void> {
  if (!isPushService(endpoint)) throw invalid([{ path: ['endpoint'], code: 'not_a_choice' }]);
  const since = clock.now();
  await PushSubscriptionModel.updateOne(
    { _id: idOf(endpoint) },
    { $set: { user: viewer.id, endpoint, keys, since } },
    { upsert: true },
  );
  const all = await PushSubscriptionModel.find({ user: viewer.id })
    .sort({ since: -1 })
    .lean<PushSubscriptionFile[]>();
  const old = all.slice(mostBrowsers).map(({ _id }) => _id);
  if (old.length > 0) await PushSubscriptionModel.deleteMany({ _id: { $in: old } });
}

export async function endPush(viewer: Viewer, endpoint: string): Promise<void> {
  await PushSubscriptionModel.deleteOne({ _id: idOf(endpoint), user: viewer.id });
}

/** Whoever was signed out everywhere, or deactivated, is pushed nothing on any device. */
onPublished((name, change) => {
  if (name === 'viewer.signedOut')
    soon(PushSubscriptionModel.deleteMany({ user: change.id }).then(() => undefined));
});

export function pushSoon(file: NotificationFile, quiet: NotificationChoices['quiet'], now: Date): void {
  if (pusher && afterQuiet(now, quiet) <= now) soon(push(pusher, file));
}

async function push(through: Pusher, file: NotificationFile): Promise<void> {
  const browsers = await PushSubscriptionModel.find({ user: file.user }).lean<PushSubscriptionFile[]>();
  if (browsers.length === 0) return;
  const [reader] = await peopleToTell({ ids: [file.user] });
  if (!reader) return;
  const payload: PushPayload = { text: lineOf(file, reader.language), tag: file._id };
  for (const { _id, endpoint, keys } of browsers) {
    const answer = await through.send({ endpoint, keys }, JSON.stringify(payload)).catch((error: unknown) => {
      report(error, { where: 'push' });
      return 'lost' as const;
    });
    if (answer === 'gone') await PushSubscriptionModel.deleteOne({ _id });
  }
}

function soon(work: Promise<void>): void {
  const guarded: Promise<void> = work
    .catch((error: unknown) => report(error, { where: 'push' }))
    .finally(() => underWay.delete(guarded));
  underWay.add(guarded);
}
