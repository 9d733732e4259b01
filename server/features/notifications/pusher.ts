// Duty: send one push to one browser, with this installation's own key pair. Whom and what is push.commands.ts; the pair is pushKeys.ts.
import type { Agent } from 'node:https';
import webPush, { type VapidKeys } from 'web-push';

export interface Pusher {
  publicKey(): Promise<string>;
  /** `gone`: the browser takes no more. Throws when the service could not be reached. */
  send(
    browser: { endpoint: string; keys: { p256dh: string; auth: string } },
    payload: string,
  ): Promise<'sent' | 'gone'>;
}

/** A push that nobody fetched within a day is old news. */
const keptSeconds = 24 * 60 * 60;
const timeoutMilliseconds = 10_000;

export interface PusherSettings {
  keys(): Promise<VapidKeys>;
  contact: string;
  /** How connections are made, for tests: where a push may go at all is `isPushService`'s alone. */
  agent?: Agent;
}

export function makePusher({ keys: read, contact, agent }: PusherSettings): Pusher {
  let kept: VapidKeys | null = null;
  const keys = async () => {
    kept ??= await read();
    return kept;
  };
  const address = /[^\s<>]+@[^\s<>]+/.exec(contact)?.[0] ?? 'nobody@example.org';
  return {
    publicKey: async () => (await keys()).publicKey,
    async send(browser, payload) {
      const pair = await keys();
      try {
        await webPush.sendNotification(browser, payload, {
          vapidDetails: { subject: `mailto:${address}`, ...pair },
          TTL: keptSeconds,
          timeout: timeoutMilliseconds,
          ...(agent ? { agent } : {}),
        });
        return 'sent';
      } catch (error) {
        const { statusCode } = error as { statusCode?: number };
        if (statusCode === 404 || statusCode === 410) return 'gone';
        // The service's own words may name the browser's address: they stay out of the log.
        throw new Error(`push service answered ${statusCode ?? 'nothing'}`);
      }
    },
  };
}
