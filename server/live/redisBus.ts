// Duty: carry messages between the processes of several machines through one channel of a Redis. Redis keeps nothing.
import { createHmac, randomBytes } from 'node:crypto';
import { createClient } from '@redis/client';
import { log, report } from '../log.ts';
import type { Bus, BusListener, BusMessage, Envelope } from './bus.ts';

const firstWaitMilliseconds = 3_000;

export interface RedisBusOptions {
  url: string;
  /** What only processes of this installation know; names the channel, so that installations may share a Redis. */
  secret: string;
  /** How often each says that it is there; after four times that silence it is gone. */
  everyMilliseconds?: number;
}

/** Does not wait long for a Redis that is not there: the server works without, and browsers ask anew once it is. */
export async function joinRedis(options: RedisBusOptions, listener: BusListener): Promise<Bus> {
  const own = randomBytes(8).toString('hex');
  const channel = `kosint:${createHmac('sha256', options.secret).update('live').digest('base64url').slice(0, 22)}`;
  const every = options.everyMilliseconds ?? 3_000;
  const lastHeard = new Map<string, number>();
  // Without its own queue for bad times: what is told late is told wrong.
  const sender = createClient({ url: options.url, disableOfflineQueue: true });
  const receiver = createClient({ url: options.url });
  let isAway = false;
  const lost = (error: unknown) => {
    if (isAway) return;
    isAway = true;
    report(error, { where: 'redis' });
    log.warn('Redis is away: changes do not reach the other processes until it is back');
  };
  sender.on('error', lost);
  receiver.on('error', lost);

  const say = (what: Envelope['say']) =>
    sender.publish(channel, JSON.stringify({ from: own, say: what } satisfies Envelope)).then(
      () => {},
      (error: unknown) => lost(error),
    );
  const hear = (text: string) => {
    try {
      const { from, say: said } = JSON.parse(text) as Envelope;
      if (from === own) return;
      if (said === 'bye') {
        if (lastHeard.delete(from)) listener.left(from);
        return;
      }
      const isNew = !lastHeard.has(from);
      lastHeard.set(from, performance.now());
      if (isNew) {
        void say('here');
        listener.joined(from);
      }
      if (said !== 'here') listener.heard(from, said);
    } catch (error) {
      report(error, { where: 'redisBus' });
    }
  };
  const look = () => {
    void say('here');
    if (isAway) return;
    for (const [peer, at] of lastHeard) {
      if (performance.now() - at < 4 * every) continue;
      lastHeard.delete(peer);
      listener.left(peer);
      listener.gap('another process fell silent');
    }
  };

  receiver.on('ready', () => {
    if (!isAway) return;
    isAway = false;
    for (const peer of lastHeard.keys()) lastHeard.set(peer, performance.now());
    log.info('Redis is back');
    listener.gap('Redis was away');
  });
  const ready = Promise.all([
    sender.connect(),
    receiver.connect().then(() => receiver.subscribe(channel, hear)),
  ]).then(
    () => say('here'),
    (error: unknown) => lost(error),
  );
  await Promise.race([ready, new Promise((resolve) => setTimeout(resolve, firstWaitMilliseconds).unref())]);
  const timer = setInterval(look, every).unref();

  return {
    send: (message: BusMessage) => void say(message),
    async close() {
      clearInterval(timer);
      await say('bye');
      sender.destroy();
      receiver.destroy();
    },
  };
}
