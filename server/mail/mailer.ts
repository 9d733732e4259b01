// Duty: one letter to one address, by SMTP when configured, else into the outbox; what waits there goes out when the mail server is back. Whom to write to and what is the slices'.
import { createTransport } from 'nodemailer';
import { log, report } from '../log.ts';
import {
  letterIsDone,
  letterIsRefused,
  lettersIn,
  outboxId,
  putIntoOutbox,
  waitingLetter,
} from './outbox.ts';

/** Milliseconds that whoever waits for an answer waits for the mail server at most, per step. */
const usualPatience = 8_000;
/** A mail server that could not be reached is not waited for again so soon: letters go to the outbox at once. */
const awayMilliseconds = 30_000;
/** What waited longer is old news, or a link that has run out. */
const oldestMilliseconds = 3 * 24 * 3_600_000;

export interface Mail {
  to: string;
  subject: string;
  text: string;
}

export interface Mailer {
  /** True when a mail server took it; false when it lies in the outbox or could not be sent. Never throws. */
  send(mail: Mail): Promise<boolean>;
  /** Tells this outbox from those of other machines, which empty their own; null where nothing waits for a mail server. */
  outboxId: string | null;
  /** Hands over what had to wait for the mail server; answers how many letters it took. One process at a time for each outbox. */
  sendWaiting(): Promise<number>;
}

export function makeMailer(options: {
  smtpUrl: string | undefined;
  from: string;
  /** Folder of undelivered mail, made when needed. */
  outbox: string;
  /** Asked of a letter that waited, when it would go: it goes to nobody who has left meanwhile. */
  isGone(address: string): Promise<boolean>;
  patience?: number;
}): Mailer {
  const { from, outbox, patience = usualPatience } = options;
  const put = async (mail: Mail): Promise<false> => {
    await putIntoOutbox(outbox, mail, from).catch((error: unknown) => report(error, { where: 'outbox' }));
    return false;
  };
  if (!options.smtpUrl) return { send: put, outboxId: null, sendWaiting: async () => 0 };
  const transport = createTransport({
    url: options.smtpUrl,
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: 2 * patience,
  });
  let awayUntil = Number.NEGATIVE_INFINITY;

  /** The mail server's own no, for good; anything else may pass. */
  function isRefusal(error: unknown): boolean {
    report(error, { where: 'mail' });
    const { responseCode = 0 } = error as { responseCode?: number };
    if (responseCode === 0) awayUntil = performance.now() + awayMilliseconds;
    return responseCode >= 500;
  }

  return {
    outboxId: outboxId(outbox),
    async send(mail) {
      if (performance.now() < awayUntil) return put(mail);
      try {
        await transport.sendMail({ ...mail, from });
        return true;
      } catch (error) {
        isRefusal(error);
        return put(mail);
      }
    },
    async sendWaiting() {
      let sent = 0;
      for (const name of await lettersIn(outbox)) {
        const letter = await waitingLetter(outbox, name, oldestMilliseconds);
        if (!letter) continue;
        if (await options.isGone(letter.to)) {
          log.info('a letter that waited was for somebody who has left: it is thrown away');
          await letterIsDone(letter);
          continue;
        }
        try {
          await transport.sendMail({ envelope: { from, to: letter.to }, raw: letter.raw });
        } catch (error) {
          if (!isRefusal(error)) break;
          await letterIsRefused(letter);
          continue;
        }
        await letterIsDone(letter);
        awayUntil = Number.NEGATIVE_INFINITY;
        sent += 1;
      }
      return sent;
    },
  };
}
