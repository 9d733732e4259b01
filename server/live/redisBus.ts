// Duty: carry messages between the processes of several machines through one channel of a Redis. Redis keeps nothing.
import { createHmac, randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { log, report } from '../log.ts';
import type { Bus, BusListener, BusMessage, Envelope } from './bus.ts';

const firstWaitMilliseconds = 3_000;
/** What a Redis that does not answer may hold up a graceful stop. */
const byeMilliseconds = 1_000;

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
  const retryStrategy = (times: number) => Math.min(times * 100, 2_000);
  // Nothing is kept for better times: what is told late is told wrong. Who subscribes again says so below, once it is done.
  const connection = {
    retryStrategy,
    lazyConnect: true,
    // One that takes connections and answers nothing is away too, and is asked anew.
    socketTimeout: 4 * every,
    autoResubscribe: false,
    autoResendUnfulfilledCommands: false,
  };
  const sender = new Redis(options.url, {
    ...connection,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
  });
  const receiver = new Redis(options.url, connection);
  let isAway = false;
  let hears = false;
  let isClosing = false;
  const lost = (error: unknown) => {
    if (isAway || isClosing) return;
    isAway = true;
    const what = 'Redis is away: changes do not reach the other processes until it is back';
    report(error, { where: 'redis', what });
  };
  for (const client of [sender, receiver]) {
    client.on('error', lost);
    client.on('close', () => lost(new Error('The connection to Redis was closed')));
  }

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

  /** Both ways are open: for the first time, or again. */
  const open = () => {
    if (sender.status !== 'ready' || !hears) return;
    void say('here');
    if (!isAway) return;
    isAway = false;
    for (const peer of lastHeard.keys()) lastHeard.set(peer, performance.now());
    log.info('Redis is back');
    listener.gap('Redis was away');
  };
  const ready = new Promise<void>((resolve) => {
    const opened = () => {
      open();
      if (sender.status === 'ready' && hears) resolve();
    };
    sender.on('ready', opened);
    receiver.on('close', () => {
      hears = false;
    });
    receiver.on('ready', () =>
      receiver.subscribe(channel).then(() => {
        hears = true;
        opened();
      }, lost),
    );
  });
  receiver.on('message', (_channel, text) => hear(text));
  for (const client of [sender, receiver]) client.connect().catch(lost);
  await Promise.race([ready, new Promise((resolve) => setTimeout(resolve, firstWaitMilliseconds).unref())]);
  const timer = setInterval(look, every).unref();

  return {
    send: (message: BusMessage) => void say(message),
    async close() {
      clearInterval(timer);
      isClosing = true;
      await Promise.race([
        say('bye'),
        new Promise((resolve) => setTimeout(resolve, byeMilliseconds).unref()),
      ]);
      sender.disconnect();
      receiver.disconnect();
    },
  };
}
