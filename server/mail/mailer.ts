// Duty: one letter to one address, by SMTP when configured, else as a file in the outbox. Whom to write to and what is the slices'.
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { report } from '../log.ts';

/** Milliseconds that whoever waits for an answer waits for the mail server at most, per step. */
const patience = 8_000;

export interface Mail {
  to: string;
  subject: string;
  text: string;
}

export interface Mailer {
  /** True when a mail server took it; false when it lies in the outbox or could not be sent. Never throws. */
  send(mail: Mail): Promise<boolean>;
}

export function makeMailer(options: {
  smtpUrl: string | undefined;
  from: string;
  /** Folder of undelivered mail, made when needed. */
  outbox: string;
}): Mailer {
  const file = fileMailer(options.outbox, options.from);
  if (!options.smtpUrl) return file;
  const transport = createTransport({
    url: options.smtpUrl,
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: 2 * patience,
  });
  return {
    async send(mail) {
      try {
        await transport.sendMail({ ...mail, from: options.from });
        return true;
      } catch (error) {
        report(error, { where: 'mail' });
        return file.send(mail);
      }
    },
  };
}

function fileMailer(outbox: string, from: string): Mailer {
  return {
    async send(mail) {
      try {
        mkdirSync(outbox, { recursive: true, mode: 0o700 });
        const name = `${new Date().toISOString().replace(/[:.]/g, '-')}-${randomUUID().slice(0, 8)}.eml`;
        const half = join(outbox, `${name}.part`);
        await writeFile(half, asEml(mail, from), { mode: 0o600 });
        await rename(half, join(outbox, name));
      } catch (error) {
        report(error, { where: 'outbox' });
      }
      return false;
    },
  };
}

/** A message as mail programs open it, body unencoded so that a person can read the file and follow its link. */
function asEml(mail: Mail, from: string): string {
  const oneLine = (value: string) => value.replace(/[\r\n]+/g, ' ');
  const subject = `=?utf-8?B?${Buffer.from(oneLine(mail.subject)).toString('base64')}?=`;
  return [
    `From: ${oneLine(from)}`,
    `To: ${oneLine(mail.to)}`,
    `Subject: ${subject}`,
    `Date: ${new Date().toUTCString()}`,
    `Message-ID: <${randomUUID()}@kosint-tracker>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    mail.text,
    '',
  ].join('\n');
}
