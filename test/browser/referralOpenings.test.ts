// Duty: a partner's open page in real Chromium closes what a narrower consent no longer opens, without a reload, opened vault values too.
import { expect } from 'chai';
import { logged, moved, triage } from '../support/cases.ts';
import { planted } from '../support/consents.ts';
import { accept, consented, movedReferral, organisation, referred } from '../support/referrals.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { button, say, windowOf } from '../support/windows.ts';

describe('What a referral opens, in a browser', function () {
  this.timeout(60_000);
  let server: TestServer;
  before(async () => {
    server = await startTestServer();
  });
  after(() => server.stop());

  it('leaves the partner’s open page within a second when the person agrees to less', async () => {
    const recipient = await organisation();
    const [activist, lead] = [await server.as('activist'), await server.as('team_lead')];
    const partner = await server.as('cso_member', { organisation: recipient });
    const caseId = await logged(activist, { title: 'Roof gone' });
    await moved(lead, caseId, triage(activist.id));
    await activist.put(`/api/cases/${caseId}/identity`, { version: 0, fields: { name: planted.name } });
    await consented(activist, caseId, recipient, { fields: ['title', 'need', 'name'] });
    const id = await referred(activist, caseId, recipient, { sharedFields: ['title', 'need', 'name'] });
    await movedReferral(partner, id, accept(partner));
    const { page, context, errors } = await windowOf(partner, `/referrals/${id}`);
    await button(page, say('identity.open')).click();
    await page.getByRole('radio', { name: say('identity.reason.call_person') }).check();
    await button(page, say('identity.open.do')).click();
    await page.getByText(planted.name).waitFor();
    await page.evaluate(() => document.body.setAttribute('data-same-page', ''));
    await consented(activist, caseId, recipient, { fields: ['title'] });
    await page.getByText(planted.name).waitFor({ state: 'detached', timeout: 1_000 });
    await page.getByText('A connection to the water main').waitFor({ state: 'detached', timeout: 1_000 });
    expect(await page.getByText('Roof gone').count()).to.equal(1);
    expect(await page.locator('body[data-same-page]').count()).to.equal(1);
    expect(errors).to.deep.equal([]);
    await context.close();
  });
});
