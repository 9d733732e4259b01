// Duty: what happens to an open case in real Chromium: closed without work, withdrawn, taken away; an upload called off, a PDF opened.
import { expect } from 'chai';
import { newId } from '../../shared/ids.ts';
import { logged, moved, pageOf, triage } from '../support/cases.ts';
import { pdf } from '../support/files.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';
import { button, say, windowOf } from '../support/windows.ts';

describe('an open case in a browser', function () {
  this.timeout(120_000);
  let server: TestServer;
  let lead: Person;
  let activist: Person;
  let coordinator: Person;

  before(async () => {
    server = await startTestServer();
    lead = await server.as('team_lead');
    activist = await server.as('activist');
    coordinator = await server.as('coordinator');
  });
  after(() => server.stop());

  it('is closed without work by a coordinator alone, who must say where the person was sent', async () => {
    const id = await logged(activist, { title: 'A debt to a neighbour' });
    const theirs = await windowOf(activist, `/cases/${id}`);
    await button(theirs.page, say('case.page.more')).click();
    await theirs.page.getByRole('menuitem').first().waitFor();
    expect(await theirs.page.getByRole('menuitem', { name: say('case.move.dismiss') }).count()).to.equal(0);
    await theirs.page.keyboard.press('Escape');
    const { page, context } = await windowOf(coordinator, `/cases/${id}`);
    await button(page, say('case.page.more')).click();
    await page.getByRole('menuitem', { name: say('case.move.dismiss') }).click();
    const dialog = page.getByRole('dialog');
    const send = dialog.locator('button[type=submit]');
    await send.click();
    await dialog.getByText(say('fault.required')).first().waitFor();
    await dialog.getByRole('textbox').fill('The court help desk, with its address.');
    await send.click();
    await dialog.waitFor({ state: 'detached' });
    expect(await pageOf(lead, id)).to.include({ status: 'closed', outcome: 'out_of_scope' });
    // Whoever logged it sees it at once, with the reason.
    await theirs.page.getByText('The court help desk, with its address.').waitFor();
    await theirs.context.close();
    await context.close();
  });

  it('is withdrawn by keyboard, with nothing to explain', async () => {
    const id = await logged(activist, { title: 'Somebody who changed their mind' });
    await moved(lead, id, triage(activist.id));
    const { page, context, errors } = await windowOf(activist, `/cases/${id}`);
    await button(page, say('case.page.more')).press('Enter');
    await page.getByRole('menuitem', { name: say('case.move.withdraw') }).press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    expect(await dialog.getByRole('textbox').count()).to.equal(0);
    await dialog.locator('button[type=submit]').press('Enter');
    await dialog.waitFor({ state: 'detached' });
    expect(await pageOf(lead, id)).to.include({ status: 'closed', outcome: 'withdrawn_by_person' });
    expect(errors).to.deep.equal([]);
    await context.close();
  });

  it('leaves the screen of whoever may no longer see it', async () => {
    const id = await logged(activist, { title: 'Handed elsewhere' });
    const administrator = await server.as('administrator');
    const mover = await server.as('activist');
    const { page, context } = await windowOf(mover, `/cases/${id}`);
    await page.getByRole('heading', { level: 1, name: 'Handed elsewhere' }).waitFor();
    await page.waitForTimeout(500);
    const sent = await administrator.patch(`/api/users/${mover.id}`, {
      version: 1,
      name: 'Moved away',
      role: 'activist',
      municipality: 'prizren',
      organisation: null,
      language: 'en',
      active: true,
    });
    expect(sent.status, sent.text).to.equal(200);
    await page.getByText(say('case.page.gone')).waitFor();
    expect(await page.getByText('Handed elsewhere').count()).to.equal(0);
    await context.close();
  });

  it('calls an upload off: nothing arrives, and the next file goes its way', async () => {
    const id = await logged(activist, { title: 'With papers' });
    const { page, context } = await windowOf(activist, `/cases/${id}`);
    let hold = true;
    // A line so slow that nothing comes back: the request hangs until it is called off.
    await context.route('**/evidence?id=*', (route) => (hold ? undefined : route.continue()));
    const files = page.locator('input[data-evidence]');
    const paper = { mimeType: 'application/pdf', buffer: pdf() };
    await files.setInputFiles([
      { name: 'wrong.pdf', ...paper },
      { name: 'decision.pdf', ...paper },
    ]);
    const callOff = button(page, say('case.evidence.cancel', { name: 'wrong.pdf' }));
    await callOff.waitFor();
    hold = false;
    await callOff.click();
    // A file's own name may name somebody: it is called after its case.
    const thumb = button(page, /^Open FER-.*\.pdf$/);
    await thumb.waitFor();
    expect((await pageOf(activist, id)).evidence).to.have.length(1);
    await thumb.click();
    const link = page.getByRole('dialog').getByRole('link');
    expect(await link.getAttribute('target')).to.equal('_blank');
    const href = (await link.getAttribute('href'))!;
    const opened = await context.request.get(href);
    expect([opened.status(), opened.headers()['content-type']]).to.deep.equal([200, 'application/pdf']);
    const elsewhere = await server.as('activist', { municipality: 'prizren' });
    expect((await elsewhere.get(href)).status).to.equal(404);
    await context.close();
  });

  it('asks before signing out wipes what was never sent, and keeps it when the person stays', async () => {
    const { page, context } = await windowOf(activist, `/cases/new?draft=${newId()}`);
    await button(page, new RegExp(`^${say('case.kind.group')}`)).click();
    await page.goto('/');
    const leave = async () => {
      await page.getByRole('banner').getByRole('button').last().click();
      await page.getByRole('menuitem', { name: say('shell.signOut'), exact: true }).click();
    };
    const drafts = () =>
      page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('.draft.')).length);
    await leave();
    await page.getByText(say('shell.unsent.written', { count: 1 })).waitFor();
    await button(page, say('common.cancel')).click();
    expect(await drafts()).to.equal(1);
    await leave();
    await button(page, say('shell.unsent.leave')).click();
    await page.waitForURL(/sign-in/);
    expect(await drafts()).to.equal(0);
    await context.close();
  });
});
