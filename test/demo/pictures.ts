// Duty: a picture of every page there is, as each role that has it, in three languages and two sizes. Nothing is asserted but that pages open.
import type { BrowserContext } from 'playwright-core';
import { paths } from '../../client/app/paths.ts';
import { desktop, openWindow, phone, picture, scrollsSideways } from '../support/browser.ts';
import { exampleAccounts, signedIn } from './people.ts';

const pagesOf: Record<string, string[]> = {
  activist: [
    paths.home.href(),
    paths.cases.href(),
    paths.logCase.href(),
    paths.map.href(),
    paths.issues.href(),
    paths.letters.href(),
    paths.account.href(),
  ],
  coordinator: [
    paths.home.href(),
    paths.cases.href(),
    paths.map.href(),
    `${paths.map.href()}?stuck=gjakova&layers=cases,commitments,letters,campaigns,issues`,
    `${paths.map.href()}?as=list&layers=commitments,letters,campaigns,issues`,
    paths.handOver.href(),
    paths.overrides.href(),
    paths.withdrawals.href(),
    paths.equity.href(),
    paths.referrals.href(),
    paths.issues.href(),
    paths.campaigns.href(),
    `${paths.campaigns.href()}?view=timeline`,
    paths.institutions.href(),
    paths.letters.href(),
    paths.newLetter.href(),
    paths.commitments.href(),
    paths.recordCommitment.href(),
    paths.progress.href(),
    paths.figures.href(),
    paths.notifications.href(),
  ],
  cso_member: [
    paths.home.href(),
    paths.cases.href(),
    paths.referrals.href(),
    paths.campaigns.href(),
    paths.commitments.href(),
    paths.institutions.href(),
    paths.notifications.href(),
  ],
  funder: [paths.home.href(), paths.progress.href()],
  administrator: [
    paths.home.href(),
    paths.users.href(),
    paths.organisations.href(),
    paths.replyRules.href(),
    paths.readLog.href(),
  ],
};
/** Of each of these lists, the first record's own page. */
const firstOf: { name: string; list: string; href: (id: string) => string; roles: string[] }[] = [
  { name: 'issue', list: '/api/issues', href: paths.issue.href, roles: ['coordinator', 'activist'] },
  { name: 'campaign', list: '/api/campaigns', href: paths.campaign.href, roles: ['coordinator'] },
  {
    name: 'institution',
    list: '/api/institutions?municipality=gjakova',
    href: paths.institution.href,
    roles: ['coordinator'],
  },
  { name: 'letter', list: '/api/letters', href: paths.letter.href, roles: ['coordinator'] },
  {
    name: 'commitment',
    list: '/api/commitments?municipality=gjakova',
    href: paths.commitment.href,
    roles: ['coordinator', 'cso_member'],
  },
  { name: 'release', list: '/api/releases', href: paths.release.href, roles: ['coordinator'] },
];
const doors = [
  paths.signIn.href(),
  paths.forgot.href(),
  paths.reset.href('a-link-that-is-no-longer-valid'),
  '/nowhere',
];
const sizes = { phone, desktop };
const languages = ['sq', 'sr', 'en'] as const;

const nameOf = (path: string) =>
  path
    .replace(/^\//, '')
    .replace(/[?].*?(stuck|as|view)=(\w+).*/, '-$2')
    .replaceAll('/', '-') || 'home';

/** Pages of single records, by the name that their picture gets. */
async function recordsOf(context: BrowserContext, role: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const { name, list, href, roles } of firstOf) {
    if (!roles.includes(role)) continue;
    const answer = await context.request.get(list);
    const id = answer.ok() && ((await answer.json()) as { data: { id: string }[] }).data[0]?.id;
    if (id) found.set(href(id), name);
  }
  return found;
}

/** Answers how many pictures there are. Throws when a page would scroll sideways. */
export async function takePictures(url: string, reference: string): Promise<number> {
  const accounts = await exampleAccounts(url);
  let count = 0;
  for (const [sizeName, size] of Object.entries(sizes)) {
    for (const language of languages) {
      const anybody = await openWindow({ url, size, language: language === 'sr' ? 'sr-Latn' : language });
      await anybody.context.addInitScript(
        (chosen) => localStorage.setItem('kosint.language', chosen),
        language,
      );
      for (const path of doors) {
        await anybody.page.goto(path);
        await picture(anybody.page, `${nameOf(path)}-${sizeName}-${language}`);
        count += 1;
      }
      await anybody.context.close();
      for (const [role, pages] of Object.entries(pagesOf)) {
        const account = accounts.find((candidate) => candidate.role === role)!;
        const { page, context } = await signedIn(account, language, { url, size });
        const found = await context.request.get(`/api/cases?q=${reference}`);
        const id = found.ok() ? ((await found.json()) as { data: { id: string }[] }).data[0]?.id : undefined;
        const records = await recordsOf(context, role);
        if (id) records.set(paths.case.href(id), 'case');
        for (const path of [...pages, ...records.keys()]) {
          await page.goto(path);
          const name = records.get(path) ?? nameOf(path);
          await picture(page, `${role}-${name}-${sizeName}-${language}`);
          if (await scrollsSideways(page))
            throw new Error(`${path} scrolls sideways: ${role}, ${sizeName}, ${language}`);
          count += 1;
        }
        await context.close();
      }
    }
  }
  return count;
}
