// Duty: a picture of every page there is, as each role that has it, in three languages and two sizes. Nothing is asserted but that pages open.
import { paths } from '../../client/app/paths.ts';
import { exampleCampaignId } from '../../seeds/campaigns.ts';
import { desktop, openWindow, phone, picture, scrollsSideways } from '../support/browser.ts';
import { exampleAccounts, signedIn } from './people.ts';

const pagesOf: Record<string, string[]> = {
  activist: [
    paths.home.href(),
    paths.cases.href(),
    paths.logCase.href(),
    paths.map.href(),
    paths.issues.href(),
    paths.account.href(),
  ],
  coordinator: [
    paths.home.href(),
    paths.cases.href(),
    paths.map.href(),
    paths.handOver.href(),
    paths.overrides.href(),
    paths.withdrawals.href(),
    paths.equity.href(),
    paths.referrals.href(),
    paths.issues.href(),
    paths.campaigns.href(),
    paths.campaign.href(exampleCampaignId('kolonia')),
    paths.commitments.href(),
    paths.recordCommitment.href(),
    paths.institutions.href(),
    paths.institution.href('urbanism-gjakova'),
    paths.letters.href(),
    paths.newLetter.href(),
    paths.notifications.href(),
  ],
  cso_member: [paths.home.href(), paths.cases.href(), paths.referrals.href(), paths.notifications.href()],
  funder: [paths.home.href()],
  administrator: [
    paths.home.href(),
    paths.users.href(),
    paths.organisations.href(),
    paths.readLog.href(),
    paths.replyRules.href(),
  ],
};
const doors = [
  paths.signIn.href(),
  paths.forgot.href(),
  paths.reset.href('a-link-that-is-no-longer-valid'),
  '/nowhere',
];
const sizes = { phone, desktop };
const languages = ['sq', 'sr', 'en'] as const;

const nameOf = (path: string) => path.split('?')[0]!.replace(/^\//, '').replaceAll('/', '-') || 'home';

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
        for (const path of id ? [...pages, paths.case.href(id)] : pages) {
          await page.goto(path);
          const name = id && path.endsWith(id) ? 'case' : nameOf(path);
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
