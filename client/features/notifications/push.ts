// Duty: whether this browser is pushed to, and how that begins and ends. The worker that shows what comes: public/push.js.
import { notificationPaths } from '../../../shared/notificationLists.ts';
import { api } from '../../lib/api.ts';

export const canPush = (): boolean =>
  'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;

const worker = '/push.js';

async function subscriptionHere(): Promise<PushSubscription | null> {
  if (!canPush()) return null;
  const registration = await navigator.serviceWorker.getRegistration(worker);
  return (await registration?.pushManager.getSubscription()) ?? null;
}

export const isPushedHere = async (): Promise<boolean> => (await subscriptionHere()) !== null;

export type PushRefusal = 'denied' | 'failed';

/** Asks the person, then the browser's maker, then tells the server. Null when all agreed. */
export async function beginPushHere(): Promise<PushRefusal | null> {
  if ((await Notification.requestPermission()) !== 'granted') return 'denied';
  try {
    const { data } = await api.get<{ data: { publicKey: string } }>(notificationPaths.pushKey);
    await navigator.serviceWorker.register(worker);
    const registration = await navigator.serviceWorker.ready;
    const subscription = await registration.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: data.publicKey,
    });
    const { endpoint, keys } = subscription.toJSON();
    await api.post<void>(notificationPaths.pushSubscriptions, {
      endpoint,
      keys: { p256dh: keys?.p256dh, auth: keys?.auth },
    });
    return null;
  } catch {
    await (await subscriptionHere())?.unsubscribe();
    return 'failed';
  }
}

/** Also before signing out: whoever comes next must not be shown the notices of who was here. */
export async function endPushHere(): Promise<void> {
  const subscription = await subscriptionHere();
  if (!subscription) return;
  await api.post<void>(notificationPaths.pushEnd, { endpoint: subscription.endpoint }, { quiet: true });
  await subscription.unsubscribe();
}
