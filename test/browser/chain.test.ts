// Duty: the chain in real Chromium: three clicks from a case to the evidence that a promise was kept, and back, on a phone.
import { expect } from 'chai';
import { expectUsable, phone } from '../support/browser.ts';
import { logged } from '../support/cases.ts';
import { check, movedCommitment, recorded, withEvidence } from '../support/commitments.ts';
import { issueMade, setIssue } from '../support/issues.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { say, windowOf } from '../support/windows.ts';

describe('The chain in a browser', function () {
  this.timeout(120_000);
  let server: TestServer;

  before(async () => {
    server = await startTestServer();
  });
  after(() => server.stop());

  it('leads in three clicks from a case to the evidence, and back to the case', async () => {
    const coordinator = await server.as('coordinator');
    const activist = await server.as('activist');
    const caseId = await logged(activist, { title: 'One tap for eleven households' });
    const issue = await issueMade(coordinator, { title: 'Streets without water' });
    await setIssue(activist, caseId, issue);
    const commitment = await recorded(coordinator, {
      title: 'Water before winter',
      municipality: 'ferizaj',
      issueIds: [issue],
    });
    const evidence = await withEvidence(coordinator, commitment);
    await movedCommitment(coordinator, commitment, check('complete', [evidence]));

    const { page, context, errors } = await windowOf(activist, `/cases/${caseId}`, { size: phone });
    await page.getByRole('link', { name: /Streets without water/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Streets without water' }).waitFor();
    await page.getByRole('link', { name: /Water before winter/ }).waitFor();
    await expectUsable(page, 'chain-issue-phone');
    await page.getByRole('link', { name: /Water before winter/ }).click();
    const file = page.locator(`a[href$="/evidence/${evidence}"]`).first();
    await file.waitFor();
    const answer = await context.request.get((await file.getAttribute('href'))!);
    expect(answer.status()).to.equal(200);

    await page.getByRole('link', { name: /ISS-/ }).click();
    await page.getByRole('link', { name: say('issues.cases.own', { count: 1 }) }).click();
    await page.getByRole('link', { name: /One tap for eleven households/ }).click();
    await page.getByRole('heading', { level: 1, name: 'One tap for eleven households' }).waitFor();
    expect(errors).to.deep.equal([]);
    await context.close();
  });
});
