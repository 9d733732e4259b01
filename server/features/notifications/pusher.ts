// Duty: send one push to one browser, with this installation's own key pair, kept in DATA_DIR. Whom and what is push.commands.ts.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Agent } from 'node:https';
import { join } from 'node:path';
import webPush, { type VapidKeys } from 'web-push';

export interface Pusher {
  publicKey(): string;
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
  folder: string;
  contact: string;
  /** How connections are made, for tests: where a push may go at all is `isPushService`'s alone. */
  agent?: Agent;
}

export function makePusher({ folder, contact, agent }: PusherSettings): Pusher {
  let kept: VapidKeys | null = null;
  const keys = () => {
    kept ??= keysIn(folder);
    return kept;
  };
  const address = /[^\s<>]+@[^\s<>]+/.exec(contact)?.[0] ?? 'nobody@example.org';
  return {
    publicKey: () => keys().publicKey,
    async send(browser, payload) {
      try {
        await webPush.sendNotification(browser, payload, {
          vapidDetails: { subject: `mailto:${address}`, ...keys() },
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

/** Made at first need; when another process was quicker, its file stands. Browsers that subscribed trust this pair alone. */
function keysIn(folder: string): VapidKeys {
  const path = join(folder, 'push-keys.json');
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true });
    try {
      writeFileSync(path, JSON.stringify(webPush.generateVAPIDKeys()), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  return JSON.parse(readFileSync(path, 'utf8')) as VapidKeys;
}
