// Duty: put script into every text that people write and into addresses, and look at every page in a real browser: nothing may run, nothing be loaded.
import { expect } from 'chai';
import type { BrowserContext, Page } from 'playwright-core';
import { UserModel } from '../../server/features/directory/users.model.ts';
import { forgetViewer } from '../../server/features/directory/viewers.ts';
import { newId } from '../../shared/api.ts';
import { openWindow } from '../support/browser.ts';
import { actionInput, activeCampaign, added, demandInput, milestoneInput } from '../support/campaigns.ts';
import { inDays, logged, moved, triage } from '../support/cases.ts';
import { recorded } from '../support/commitments.ts';
import { issueMade } from '../support/issues.ts';
import { sentLetter } from '../support/letters.ts';
import { consented, organisation, referred } from '../support/referrals.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';
import { windowOf } from '../support/windows.ts';

/** Short enough for a name, and telling if it ever becomes an element or a program. */
const payloads = [
  '<img src=x onerror=evil()>',
  '<svg/onload=evil()>',
  '"><script>evil()</script>',
  "'-evil()-'",
  'javascript:evil()',
  '{{constructor.constructor("evil()")()}}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a template is what the page must not take this for.
  '${evil()}{name, select, other {x}}',
  '</textarea></title><iframe srcdoc="<script>parent.evil()</script>">',
];
const all = payloads.join(' ');

describe('Script in what people write', function () {
  this.timeout(120_000);
  let server: TestServer;
  let lead: Person;
  let coordinator: Person;
  let administrator: Person;
  let caseId: string;
  let referral: string;
  let answerToken: string;

  before(async () => {
    server = await startTestServer();
    lead = await server.as('team_lead', { name: payloads[0]! });
    coordinator = await server.as('coordinator', { name: payloads[1]! });
    administrator = await server.as('administrator', { name: payloads[2]! });
    const evil = await organisation({
      name: payloads[0],
      shortName: payloads[1],
      contact: payloads[4],
      notes: all,
      website: 'javascript:evil()',
    });
    for (const title of payloads) await logged(lead, { title, description: title, need: title });
    caseId = await logged(lead, { title: all.slice(0, 120), description: all, need: all });
    const ok = async (sent: Promise<{ status: number; text: string }>) => {
      const { status, text } = await sent;
      expect(status, text).to.be.within(200, 299);
    };
    await ok(lead.post(`/api/cases/${caseId}/notes`, { id: newId(), text: all }));
    await ok(
      lead.post(`/api/cases/${caseId}/steps`, { id: newId(), title: all.slice(0, 200), due: inDays(1) }),
    );
    await ok(
      lead.patch(`/api/cases/${caseId}`, { version: 3, title: `${payloads[2]} again`, need: payloads[0] }),
    );
    for (const [at, name] of payloads.entries()) {
      const id = newId();
      const query = at % 2 ? 'javascript:evil()' : `q=${encodeURIComponent(name)}`;
      await ok(lead.put(`/api/saved-filters/${id}`, { id, name: name.slice(0, 60), query }));
    }
    await moved(coordinator, caseId, triage(lead.id));
    await moved(lead, caseId, { move: 'start' });
    await consented(lead, caseId, evil);
    referral = await referred(lead, caseId, evil, { message: all });
    const renewed = await lead.post(`/api/referrals/${referral}/link`);
    answerToken = /answer\/([\w-]{43})/.exec(renewed.text)![1]!;
  });
  after(() => server.stop());

  /** Tells of whatever ran, opened, or was stopped from doing so. */
  async function watch(context: BrowserContext, page: Page): Promise<() => Promise<string[]>> {
    const seen: string[] = [];
    const own = new URL(server.url).origin;
    page.on('dialog', (dialog) => {
      seen.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    context.on('page', (opened) => seen.push(`window: ${opened.url()}`));
    context.on('request', (request) => {
      if (request.isNavigationRequest() && request.frame() === page.mainFrame()) return;
      const { origin, pathname } = new URL(request.url());
      if (request.url().startsWith('http') && (origin !== own || /\/x$/.test(pathname)))
        seen.push(`request: ${request.url()}`);
    });
    await context.addInitScript(() => {
      const page = window as unknown as { ran: string[]; evil: () => void };
      page.ran = [];
      page.evil = () => void page.ran.push(`ran on ${location.pathname}`);
      document.addEventListener('securitypolicyviolation', (event) =>
        page.ran.push(`refused: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`),
      );
    });
    return async () => [
      ...seen,
      ...(await page.evaluate(() => (window as unknown as { ran: string[] }).ran)),
    ];
  }

  /** Elements that only a payload could have made. */
  const strangeElements = (page: Page) =>
    page.evaluate(
      () =>
        document.querySelectorAll(
          '[onerror],[onload],img[src="x"],iframe,script:not([src]),a[href^="javascript:" i]',
        ).length,
    );

  async function look(person: Person, paths: string[], mustShow: RegExp): Promise<void> {
    const { page, context, errors } = person.cookie
      ? await windowOf(person, '/account')
      : await openWindow({ url: server.url });
    const found = await watch(context, page);
    let shown = 0;
    for (const path of paths) {
      await page.goto(path, { waitUntil: 'load' });
      await page.locator('#content, main').first().waitFor();
      await page.waitForLoadState('networkidle').catch(() => undefined);
      if (mustShow.test(await page.locator('body').innerText())) shown += 1;
      expect(await found(), path).to.deep.equal([]);
      expect(await strangeElements(page), path).to.equal(0);
      expect(await page.title(), path).not.to.include('evil');
    }
    // Otherwise the pages were empty and the attack was none.
    expect(shown, paths.join(' ')).to.be.greaterThan(0);
    expect(errors.filter((error) => /Content Security|Refused|evil/.test(error))).to.deep.equal([]);
    await context.close();
  }

  it('runs nowhere on the pages of a team lead', () =>
    look(
      lead,
      ['/', '/cases', `/cases/${caseId}`, '/map', '/referrals', `/referrals/${referral}`, `/refer/${caseId}`],
      /<img src=x onerror=evil\(\)>/,
    ));

  it('runs nowhere on the pages of a coordinator', () =>
    look(
      coordinator,
      ['/', `/cases/${caseId}`, '/hand-over', '/organisations'],
      /<img src=x onerror=evil\(\)>/,
    ));

  it('runs nowhere on the pages of advocacy', async () => {
    const title = all.slice(0, 100);
    const issue = await issueMade(coordinator, { title, statement: all });
    const campaign = await activeCampaign(coordinator, { title, whyNow: all });
    const about = `/api/campaigns/${campaign}`;
    const parts = {
      demands: demandInput({ text: all, indicator: title }),
      actions: actionInput({ title, place: title, note: all }),
      milestones: milestoneInput({ title }),
    };
    for (const [name, input] of Object.entries(parts)) await added(coordinator, `${about}/${name}`, input);
    const letter = await sentLetter(coordinator, { ask: all });
    const words = { title, words: all, person: title, office: title, place: title, page: payloads[0]! };
    const commitment = await recorded(coordinator, words);
    const pages = [
      ['/issues', `/issues/${issue}`],
      ['/campaigns', `/campaigns/${campaign}`],
      ['/letters', `/letters/${letter}`],
      ['/commitments', `/commitments/${commitment}`, `/correct-commitment/${commitment}`],
    ];
    // Each of them shows what was written, and runs none of it.
    for (const some of pages) await look(coordinator, some, /<img src=x onerror=evil\(\)>/);
    await look(coordinator, ['/map', '/progress'], /./);
  });

  it('runs nowhere on the pages of an administrator', () =>
    look(administrator, ['/', '/users', '/organisations', '/account'], /onerror=evil\(\)/));

  it('runs nowhere behind a one-time link', () =>
    look(server.stranger(), [`/answer/${answerToken}`], /evil\(\)/));

  it('comes back out of no address', () => {
    const paths = payloads.flatMap((payload) => {
      const text = encodeURIComponent(payload);
      return [
        `/cases?q=${text}`,
        `/cases?municipality=${text}&sort=${text}&cursor=${text}`,
        `/map?theme=${text}#${payload}`,
        `/${text}`,
      ];
    });
    const signIns = [
      '/sign-in?next=javascript:evil()',
      `/sign-in?next=${encodeURIComponent('/\t/evil.example')}`,
      `/invitation/${encodeURIComponent(payloads[0]!)}`,
      `/reset/${encodeURIComponent(payloads[1]!)}`,
      `/cases/${encodeURIComponent(payloads[2]!)}`,
    ];
    return look(lead, [...paths.filter((_, at) => at % 5 === 0), ...signIns], /./);
  });

  it('runs in no name that colleagues see live, and none that is changed while they look', async () => {
    const { page, context } = await windowOf(coordinator, `/cases/${caseId}`);
    const found = await watch(context, page);
    await page.reload();
    await page.locator('#content').waitFor();
    await UserModel.updateOne({ _id: lead.id }, { name: payloads[1]! });
    forgetViewer(lead.id);
    const socket = await lead.socket();
    await new Promise((resolve) => socket.emit('openCase', caseId, resolve));
    socket.emit('editCase', caseId, 'title');
    await lead.post(`/api/cases/${caseId}/notes`, { id: newId(), text: payloads[0]! });
    await page.getByText('<svg/onload=evil()>').first().waitFor();
    expect(await found()).to.deep.equal([]);
    expect(await strangeElements(page)).to.equal(0);
    // The look-out itself: an element made on purpose is found, and what it would run is stopped.
    await page.evaluate((html) => document.body.insertAdjacentHTML('beforeend', html), payloads[0]!);
    await page.waitForFunction(() => (window as unknown as { ran: string[] }).ran.length > 0);
    expect((await found()).join())
      .to.include('refused: script-src-attr')
      .and.not.to.include('ran on');
    expect(await strangeElements(page)).to.equal(1);
    await context.close();
  });
});
