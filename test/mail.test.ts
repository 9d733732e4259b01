// Duty: the mail room: a file for the owner alone when there is no mail server, SMTP when there is, the file again when that fails.
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { settingsOf } from '../server/app.ts';
import { OrganisationModel } from '../server/features/directory/organisations.model.ts';
import { UserModel } from '../server/features/directory/users.model.ts';
import { JobModel } from '../server/jobs/jobs.model.ts';
import { allJobs } from '../server/jobs/jobs.ts';
import { runDueJobs } from '../server/jobs/runner.ts';
import { log } from '../server/log.ts';
import { makeMailer } from '../server/mail/mailer.ts';
import { readOutbox } from './support/outbox.ts';
import { organisation } from './support/referrals.ts';
import { startTestServer, type TestServer } from './support/server.ts';

const mail = {
  to: 'reader@example.org',
  subject: 'Ftesa për Gjakovë',
  text: 'Mirë se vini\nhttps://a.example/x',
};
const from = 'KOSINT Tracker <no-reply@localhost>';
const isGone = async () => false;

/** The few words of SMTP that a client needs to hand over one letter; addresses that begin with `gone` are refused for good. */
function startPostOffice(port = 0) {
  const received: string[] = [];
  const server = createServer((socket) => {
    let letter: string | null = null;
    socket.write('220 office\r\n');
    socket.on('error', () => {});
    socket.on('data', (data) => {
      for (const line of data.toString('utf8').split('\r\n')) {
        if (letter !== null) {
          if (line === '.') {
            received.push(letter);
            letter = null;
            socket.write('250 kept\r\n');
          } else letter += `${line}\n`;
        } else if (line === 'DATA') {
          letter = '';
          socket.write('354 go on\r\n');
        } else if (line === 'QUIT') socket.end('221 bye\r\n');
        else if (line.startsWith('RCPT TO:<gone')) socket.write('550 nobody of that name\r\n');
        else if (line !== '') socket.write('250 fine\r\n');
      }
    });
  });
  return new Promise<{ url: string; received: string[]; stop(): void }>((resolve) =>
    server.listen(port, '127.0.0.1', () => {
      const own = (server.address() as AddressInfo).port;
      resolve({ url: `smtp://127.0.0.1:${own}`, received, stop: () => server.close() });
    }),
  );
}

describe('The mail room', () => {
  let folder: string;
  beforeEach(() => {
    log.level = 'silent';
    folder = mkdtempSync(join(tmpdir(), 'kosint-mail-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const outbox = () => join(folder, 'outbox');

  it('without a mail server, keeps each letter as a readable file for the owner alone', async () => {
    const mailer = makeMailer({ smtpUrl: undefined, from, isGone, outbox: outbox() });
    expect(await mailer.send(mail)).to.equal(false);
    expect(readOutbox(folder)).to.deep.equal([
      { to: mail.to, subject: mail.subject, text: `${mail.text}\n`, token: null },
    ]);
    const [name] = readdirSync(outbox());
    expect(statSync(join(outbox(), name!)).mode & 0o077).to.equal(0);
    expect(statSync(outbox()).mode & 0o077).to.equal(0);
  });

  it('lets nobody add a header through an address or a subject', async () => {
    const mailer = makeMailer({ smtpUrl: undefined, from, isGone, outbox: outbox() });
    await mailer.send({
      ...mail,
      to: 'a@example.org\r\nBcc: b@example.org',
      subject: 'x\r\nBcc: c@example.org',
    });
    const [name] = readdirSync(outbox());
    expect(readFileSync(join(outbox(), name!), 'utf8')).not.to.match(/^Bcc:/m);
  });

  it('with a mail server, hands the letter over and keeps no file', async () => {
    const office = await startPostOffice();
    try {
      const mailer = makeMailer({ smtpUrl: office.url, from, isGone, outbox: outbox() });
      expect(await mailer.send(mail)).to.equal(true);
      expect(office.received).to.have.length(1);
      expect(office.received[0]).to.contain('To: reader@example.org').and.to.contain('From: KOSINT Tracker');
      expect(readOutbox(folder)).to.deep.equal([]);
    } finally {
      office.stop();
    }
  });

  it('when the mail server does not answer, keeps the letter instead of losing it, and says so', async () => {
    const office = await startPostOffice();
    office.stop();
    const mailer = makeMailer({ smtpUrl: office.url, from, isGone, outbox: outbox() });
    expect(await mailer.send(mail)).to.equal(false);
    expect(readOutbox(folder)).to.have.length(1);
  });

  it('when the mail server is back, hands over what waited, once, and leaves what is old news or refused for good', async () => {
    const office = await startPostOffice();
    office.stop();
    const mailer = makeMailer({ smtpUrl: office.url, from, isGone, outbox: outbox() });
    for (const to of ['one@example.org', 'gone@example.org', 'two@example.org', 'old@example.org'])
      await mailer.send({ ...mail, to });
    expect(await mailer.sendWaiting()).to.equal(0);
    expect(readOutbox(folder)).to.have.length(4);
    for (const name of readdirSync(outbox()))
      if (readFileSync(join(outbox(), name), 'utf8').includes('To: old@'))
        utimesSync(join(outbox(), name), new Date(0), new Date(0));

    const back = await startPostOffice(Number(new URL(office.url).port));
    try {
      expect(await mailer.sendWaiting()).to.equal(2);
      expect(back.received.map((letter) => /^To: (.*)$/m.exec(letter)?.[1]).sort()).to.deep.equal([
        'one@example.org',
        'two@example.org',
      ]);
      expect(back.received[0])
        .to.contain(mail.text)
        .and.to.match(/^Subject: =\?utf-8\?B\?/m);
      expect(await mailer.sendWaiting()).to.equal(0);
      expect(readOutbox(folder).map(({ to }) => to)).to.deep.equal(['old@example.org']);
      expect(readdirSync(outbox()).filter((name) => name.endsWith('.refused'))).to.have.length(1);
      expect(await mailer.send(mail), 'and goes on as ever').to.equal(true);
    } finally {
      back.stop();
    }
  });

  it('is not waited for again and again by those who write many letters', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const patience = 400;
    const mailer = makeMailer({
      smtpUrl: `smtp://127.0.0.1:${port}`,
      from,
      isGone,
      outbox: outbox(),
      patience,
    });
    const begun = performance.now();
    for (let letter = 0; letter < 20; letter += 1) expect(await mailer.send(mail)).to.equal(false);
    expect(performance.now() - begun).to.be.within(patience - 50, 10 * patience);
    expect(readOutbox(folder)).to.have.length(20);
    silent.close();
  });
});

describe('Letters that waited', () => {
  let server: TestServer;
  let office: Awaited<ReturnType<typeof startPostOffice>>;
  let folder: string;
  before(async () => {
    server = await startTestServer();
  });
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kosint-mail-'));
    office = await startPostOffice();
    office.stop();
  });
  afterEach(() => {
    office.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  after(() => server.stop());

  const onMachine = (name: string) => {
    mkdirSync(join(folder, name), { recursive: true });
    return settingsOf({ ...server.env, SMTP_URL: office.url, DATA_DIR: join(folder, name) });
  };
  const waitingJobs = (settings: ReturnType<typeof settingsOf>) =>
    allJobs(settings).filter(({ name }) => name.startsWith('mail.waiting'));
  const isBack = async () => {
    office = await startPostOffice(Number(new URL(office.url).port));
  };
  const receivers = () => office.received.map((letter) => /^To: (.*)$/m.exec(letter)?.[1]).sort();

  it('go to nobody who was deactivated meanwhile, and to everybody else', async () => {
    const { mailer } = onMachine('one');
    const emailOf = async ({ id }: { id: string }) => (await UserModel.findById(id).lean())!.email;
    const [stays, leaves] = [await server.as('activist'), await server.as('activist')];
    const [helps, ends] = [await organisation(), await organisation()];
    await OrganisationModel.updateOne({ _id: helps }, { $set: { contact: 'Call, or helps@example.org' } });
    await OrganisationModel.updateOne(
      { _id: ends },
      { $set: { contact: 'Ends@example.org', active: false } },
    );
    const stranger = 'stranger@example.org';
    const all = [
      await emailOf(stays),
      await emailOf(leaves),
      'helps@example.org',
      'Ends@example.org',
      stranger,
    ];
    for (const to of all) await mailer.send({ ...mail, to });
    await UserModel.updateOne({ _id: leaves.id }, { $set: { active: false } });
    await isBack();
    expect(await mailer.sendWaiting()).to.equal(3);
    expect(receivers()).to.deep.equal([await emailOf(stays), 'helps@example.org', stranger].sort());
    expect(readOutbox(join(folder, 'one'))).to.deep.equal([]);
  });

  it('are sent by the machine they wait on, once, however many processes look', async () => {
    const machines = ['one', 'two'].map(onMachine);
    for (const [at, { mailer }] of machines.entries())
      for (let letter = 0; letter < 3; letter += 1)
        await mailer.send({ ...mail, to: `at-${at}-${letter}@example.org` });
    await isBack();
    await JobModel.deleteMany({});
    // Two processes on each machine.
    await Promise.all(
      ['one', 'two', 'one', 'two'].map((name) => runDueJobs(waitingJobs(onMachine(name)), new Date())),
    );
    expect(receivers()).to.deep.equal(
      [0, 1].flatMap((at) => [0, 1, 2].map((letter) => `at-${at}-${letter}@example.org`)),
    );
    for (const name of ['one', 'two']) expect(readOutbox(join(folder, name))).to.deep.equal([]);
  });
});
