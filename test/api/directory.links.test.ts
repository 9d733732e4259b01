// Duty: the lives of one-time links: invitation and password reset; used, altered, old, replaced, raced for.
import { expect } from 'chai';
import { settingsOf } from '../../server/app.ts';
import { inviteFirstAdministrator } from '../../server/features/directory/invitations.commands.ts';
import { UserModel } from '../../server/features/directory/users.model.ts';
import { newId } from '../../shared/api.ts';
import { emptyOutbox, mailTo, readOutbox } from '../support/outbox.ts';
import { type Person, startTestServer, type TestServer, testPassword } from '../support/server.ts';

const password = 'blue bread at seven';

describe('One-time links', () => {
  let server: TestServer;
  let administrator: Person;
  before(async () => {
    server = await startTestServer();
    administrator = await server.as('administrator');
  });
  after(() => server.stop());
  beforeEach(() => emptyOutbox(server.env.DATA_DIR));

  const post = (path: string, body: object) => server.stranger().post(path, body);
  const codeOf = (answer: { body: any }) => answer.body.error.code as string;

  async function invite(language = 'sq') {
    const id = newId();
    const email = `guest-${id}@example.org`;
    const body = {
      id,
      email,
      name: 'Guest',
      role: 'activist',
      municipality: 'peja',
      organisation: null,
      language,
    };
    const answer = await administrator.post('/api/users', body);
    expect(answer.status).to.equal(201);
    return { id, email, body, answer, token: (answer.body.link as string).split('/').at(-1)! };
  }

  describe('POST /api/users', () => {
    it('mails the link in the reader’s language and hands it to the administrator, and keeps neither', async () => {
      const { id, email, answer, token } = await invite('sr');
      const mail = await mailTo(server.env.DATA_DIR, email);
      expect(mail!.subject).to.equal('Vaša pozivnica za KOSINT Tracker');
      expect(mail!.token).to.equal(token);
      expect(Buffer.from(token, 'base64url')).to.have.length(32);
      expect(answer.body.data.joinedAt).to.equal(null);
      expect(JSON.stringify(await UserModel.findById(id).lean())).not.to.contain(token);
      expect((await administrator.get('/api/users')).text).not.to.contain(token);
    });

    it('when repeated with the same id, makes one user and sends one mail', async () => {
      const { id, email, body } = await invite();
      const again = await administrator.post('/api/users', body);
      expect(again.status).to.equal(201);
      expect(again.body.data.id).to.equal(id);
      expect(again.body.link).to.equal(null);
      expect(readOutbox(server.env.DATA_DIR).filter((mail) => mail.to === email)).to.have.length(1);
    });

    it('when the e-mail is taken, in whatever case, answers 409 beside the field', async () => {
      const { email, body } = await invite();
      const answer = await administrator.post('/api/users', {
        ...body,
        id: newId(),
        email: email.toUpperCase(),
      });
      expect(answer.status).to.equal(409);
      expect(answer.body.error.faults).to.deep.equal([{ path: ['email'], code: 'taken' }]);
    });
  });

  describe('POST /api/invitations/accept', () => {
    it('sets the password, signs in, and works once', async () => {
      const { email, token } = await invite();
      const greeted = await server.stranger().get(`/api/invitations/${token}`);
      expect(greeted.body.data).to.include({
        email,
        name: 'Guest',
        role: 'activist',
        firstAdministrator: false,
      });
      const guest = server.stranger();
      const accepted = await guest.post('/api/invitations/accept', { token, password });
      expect(accepted.status).to.equal(200);
      expect(accepted.body.data.email).to.equal(email);
      expect((await guest.get('/api/me')).body.data.municipality).to.equal('peja');
      expect((await post('/api/session', { email, password })).status).to.equal(200);
      const again = await post('/api/invitations/accept', { token, password: 'something else here' });
      expect([again.status, codeOf(again)]).to.deep.equal([410, 'link.used']);
      expect(codeOf(await server.stranger().get(`/api/invitations/${token}`))).to.equal('link.used');
      expect((await post('/api/session', { email, password: 'something else here' })).status).to.equal(401);
    });

    it('when two try at once, lets one in', async () => {
      const { token } = await invite();
      const answers = await Promise.all(
        ['first', 'second', 'third'].map((word) =>
          post('/api/invitations/accept', { token, password: `${word} through the door` }),
        ),
      );
      expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 410, 410]);
    });

    it('when the person switched the language of the page, keeps that one', async () => {
      const { token } = await invite('sq');
      const guest = server.stranger();
      await guest.post('/api/invitations/accept', { token, password, language: 'sr' });
      expect((await guest.get('/api/me')).body.data.language).to.equal('sr');
    });

    it('when the link is altered, answers 404', async () => {
      const { token } = await invite();
      const altered = (token[0] === 'A' ? 'B' : 'A') + token.slice(1);
      expect(codeOf(await post('/api/invitations/accept', { token: altered, password }))).to.equal(
        'link.unknown',
      );
    });

    it('when the link is eight days old, answers 410', async () => {
      const { id, token } = await invite();
      const kept = (await UserModel.findById(id))!.invitation!;
      expect(kept.expiresAt.getTime() - Date.now()).to.be.closeTo(7 * 86_400_000, 60_000);
      await UserModel.updateOne({ _id: id }, { 'invitation.expiresAt': new Date(Date.now() - 1000) });
      expect(codeOf(await post('/api/invitations/accept', { token, password }))).to.equal('link.expired');
    });

    it('when a new invitation was sent, the old link is worthless', async () => {
      const { id, token } = await invite();
      const renewed = await administrator.post(`/api/users/${id}/invitation`);
      expect(renewed.status).to.equal(200);
      expect(codeOf(await post('/api/invitations/accept', { token, password }))).to.equal('link.unknown');
      const fresh = renewed.body.link.split('/').at(-1);
      expect((await post('/api/invitations/accept', { token: fresh, password })).status).to.equal(200);
      const late = await administrator.post(`/api/users/${id}/invitation`);
      expect([late.status, codeOf(late)]).to.deep.equal([409, 'user.notWaiting']);
    });

    it('when the user was retired meanwhile, answers 404', async () => {
      const { id, token } = await invite();
      await UserModel.updateOne({ _id: id }, { active: false });
      expect(codeOf(await post('/api/invitations/accept', { token, password }))).to.equal('link.unknown');
    });

    it('when the password is weak, answers 422 and the link still works', async () => {
      const { token } = await invite();
      expect((await post('/api/invitations/accept', { token, password: 'password123456' })).status).to.equal(
        422,
      );
      expect((await post('/api/invitations/accept', { token, password })).status).to.equal(200);
    });
  });

  describe('POST /api/password-resets', () => {
    async function member(): Promise<{ id: string; email: string; person: Person }> {
      const person = await server.as('team_lead');
      return { id: person.id, email: (await UserModel.findById(person.id))!.email, person };
    }
    async function resetToken(email: string): Promise<string> {
      expect((await post('/api/password-resets', { email })).status).to.equal(202);
      return (await mailTo(server.env.DATA_DIR, email))!.token!;
    }

    it('answers the same at once, whether or not the e-mail is known', async () => {
      const { email } = await member();
      const known = await post('/api/password-resets', { email });
      const unknown = await post('/api/password-resets', { email: `nobody-${email}` });
      expect([known.status, known.text]).to.deep.equal([unknown.status, unknown.text]);
      expect(await mailTo(server.env.DATA_DIR, email)).not.to.equal(undefined);
      expect(await mailTo(server.env.DATA_DIR, `nobody-${email}`, 200)).to.equal(undefined);
    });

    it('the link sets a password once, ends every session, and tells the owner', async () => {
      const { email, person } = await member();
      const token = await resetToken(email);
      expect((await server.stranger().get(`/api/password-resets/${token}`)).status).to.equal(200);
      emptyOutbox(server.env.DATA_DIR);
      expect((await post('/api/password-resets/use', { token, password })).status).to.equal(204);
      expect((await person.get('/api/me')).status).to.equal(401);
      expect((await post('/api/session', { email, password })).status).to.equal(200);
      expect((await post('/api/session', { email, password: testPassword })).status).to.equal(401);
      expect((await mailTo(server.env.DATA_DIR, email))!.subject).to.equal('Your password was changed');
      const again = await post('/api/password-resets/use', { token, password });
      expect([again.status, codeOf(again)]).to.deep.equal([410, 'link.used']);
    });

    it('a change of password ends a link that was asked for before', async () => {
      const { email, person } = await member();
      const token = await resetToken(email);
      await person.post('/api/me/password', { current: testPassword, password });
      const used = await post('/api/password-resets/use', { token, password: 'the thief has this one' });
      expect([used.status, codeOf(used)]).to.deep.equal([404, 'link.unknown']);
    });

    it('when the link is too old or altered, answers 410 or 404', async () => {
      const { id, email } = await member();
      const token = await resetToken(email);
      const altered = token.slice(0, -2) + (token.endsWith('AA') ? 'BB' : 'AA');
      expect((await server.stranger().get(`/api/password-resets/${altered}`)).status).to.equal(404);
      await UserModel.updateOne({ _id: id }, { 'reset.expiresAt': new Date(Date.now() - 1) });
      expect(codeOf(await post('/api/password-resets/use', { token, password }))).to.equal('link.expired');
    });

    it('an invitation is no reset, and a reset no invitation', async () => {
      const { token: invitation } = await invite();
      const { email } = await member();
      const reset = await resetToken(email);
      expect((await post('/api/password-resets/use', { token: invitation, password })).status).to.equal(404);
      expect((await post('/api/invitations/accept', { token: reset, password })).status).to.equal(404);
    });

    it('mails at most three links an hour', async () => {
      const { email } = await member();
      for (let round = 0; round < 6; round += 1) await post('/api/password-resets', { email });
      await new Promise((resolve) => setTimeout(resolve, 500));
      const mails = readOutbox(server.env.DATA_DIR).filter((mail) => mail.to === email);
      expect(mails.length).to.be.within(1, 3);
    });

    it('somebody retired, or not joined yet, gets no link', async () => {
      const { id, email } = await member();
      const { email: invited } = await invite();
      await UserModel.updateOne({ _id: id }, { active: false });
      emptyOutbox(server.env.DATA_DIR);
      for (const one of [email, invited]) await post('/api/password-resets', { email: one });
      expect(await mailTo(server.env.DATA_DIR, email, 300)).to.equal(undefined);
      expect(await mailTo(server.env.DATA_DIR, invited, 300)).to.equal(undefined);
    });
  });

  describe('The first administrator', () => {
    it('gets a link only while nobody can administer the server, names themselves, and signs in', async () => {
      const settings = settingsOf(server.env);
      expect(await inviteFirstAdministrator(settings)).to.equal(null);
      await UserModel.updateMany({ role: 'administrator' }, { active: false });
      const lost = (await inviteFirstAdministrator(settings))!.split('/').at(-1)!;
      const token = (await inviteFirstAdministrator(settings))!.split('/').at(-1)!;
      expect((await server.stranger().get(`/api/invitations/${lost}`)).status).to.equal(404);
      expect(
        (await server.stranger().get(`/api/invitations/${token}`)).body.data.firstAdministrator,
      ).to.equal(true);
      const nameless = await post('/api/invitations/accept', { token, password });
      expect(nameless.status).to.equal(422);
      const missing = nameless.body.error.faults.map((fault: any) => fault.path[0]);
      expect(missing).to.deep.equal(['name', 'email']);
      const first = server.stranger();
      const email = 'first@example.org';
      const accepted = await first.post('/api/invitations/accept', { token, password, name: 'First', email });
      expect(accepted.body.data).to.include({ name: 'First', email, role: 'administrator' });
      expect((await first.get('/api/users')).status).to.equal(200);
      expect(await inviteFirstAdministrator(settings)).to.equal(null);
    });
  });
});
