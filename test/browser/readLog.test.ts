// Duty: the read log and a case's readers in real Chromium: found by keyboard, older on demand, refusals said; accessible in three languages and two sizes.
import { expect } from 'chai';
import { checkAudit } from '../../server/features/audit/upkeep.commands.ts';
import { newId } from '../../shared/api.ts';
import { axeFaults, expectUsable, picture, sizesIn } from '../support/browser.ts';
import { logged, pageOf } from '../support/cases.ts';
import { order } from '../support/exports.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';
import { button, say, sayIn, windowOf } from '../support/windows.ts';

describe('The read log in a browser', function () {
  this.timeout(120_000);
  let server: TestServer;
  let administrator: Person;
  let lead: Person;
  let caseId: string;
  let reference: string;

  before(async () => {
    server = await startTestServer();
    administrator = await server.as('administrator', { name: 'Admina Testi' });
    lead = await server.as('team_lead', { name: 'Arta Testi' });
    const activist = await server.as('activist', { name: 'Shumë-Emër Mbiemërgjati-Provë' });
    const elsewhere = await server.as('activist', { municipality: 'prizren', name: 'Drita Provë' });
    caseId = await logged(activist);
    ({ reference } = await pageOf(lead, caseId));
    await lead.get('/api/cases?q=uji&theme=housing');
    for (let times = 0; times < 60; times += 1) await lead.get(`/api/cases/${caseId}`);
    await elsewhere.get(`/api/cases/${caseId}`);
    await lead.post(`/api/cases/${newId()}/notes`, { id: newId(), text: 'x' });
    await lead.post('/api/referrals/exports', order());
    await checkAudit();
  });
  after(() => server.stop());

  it('finds by reference, refusal and person, goes to older entries, and says what is no reference', async () => {
    const { page, context, errors } = await windowOf(administrator, '/read-log');
    await page.getByText(say('audit.sound')).waitFor();
    const entries = page.locator('tbody tr');
    await page.getByLabel(say('audit.record')).fill(reference);
    await page.getByLabel(say('audit.deniedOnly')).check();
    await entries.getByText('Drita Provë').waitFor();
    await expectCount(entries, 1);
    await page.getByLabel(say('audit.deniedOnly')).uncheck();
    await button(page, say('audit.more')).press('Enter');
    await button(page, say('audit.more')).waitFor({ state: 'detached' });
    expect(await entries.count()).to.be.greaterThan(60);
    await page.getByLabel(say('audit.verb')).selectOption('write');
    await expectCount(entries, 1);
    expect(errors).to.deep.equal([]);
    await page.getByLabel(say('audit.record')).fill('no such thing');
    await page.getByText(say('fault.not_an_id')).waitFor();
    await context.close();
  });

  it('shows a case’s lead who has opened it', async () => {
    const { page, context, errors } = await windowOf(lead, `/cases/${caseId}`);
    await button(page, say('audit.readers')).press('Enter');
    const dialog = page.getByRole('dialog', { name: say('audit.readers') });
    await dialog.getByText('Arta Testi').waitFor();
    await picture(page, 'case-readers');
    expect(await axeFaults(page)).to.deep.equal([]);
    expect(errors).to.deep.equal([]);
    await context.close();
  });

  for (const language of ['sq', 'sr', 'en'] as const)
    for (const [size, shape] of sizesIn(language))
      it(`fits and is accessible: ${shape}, ${language}`, async () => {
        const { page, context } = await windowOf(administrator, '/read-log', {
          language,
          size,
          dark: language === 'sr',
        });
        await page.getByText(sayIn[language]('audit.sound')).waitFor();
        await page.locator('tbody tr').first().waitFor();
        await expectUsable(page, `read-log-${shape}-${language}`);
        await context.close();
      });

  async function expectCount(found: { count(): Promise<number> }, count: number) {
    for (let tries = 0; tries < 60 && (await found.count()) !== count; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await found.count()).to.equal(count);
  }
});
