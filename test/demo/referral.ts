// Duty: the second half of the main job in two browsers: refer to a partner, accept, work, complete, and the sender confirms.
import { desktop, phone, picture } from '../support/browser.ts';
import { exampleAccounts, signedIn } from './people.ts';

/** Throws when a step does not come true. Leaves a picture of every new screen. */
export async function tellReferral(url: string, reference: string): Promise<void> {
  const accounts = await exampleAccounts(url);
  const of = (role: string) => accounts.find((account) => account.role === role)!;
  const sender = await signedIn(of('coordinator'), 'en', { url, size: desktop });
  const partner = await signedIn(of('cso_member'), 'sr', { url, size: phone });
  const me = (await (await partner.context.request.get('/api/me')).json()) as {
    data: { organisation: string };
  };
  const known = (await (await sender.context.request.get('/api/organisations')).json()) as {
    data: { id: string; name: string }[];
  };
  const { name } = known.data.find(({ id }) => id === me.data.organisation)!;
  const found = (await (await sender.context.request.get(`/api/cases?q=${reference}`)).json()) as {
    data: { id: string }[];
  };
  const caseId = found.data[0]!.id;

  const { page, say } = sender;
  const press = (words: string) => page.getByRole('button', { name: words, exact: true }).click();
  await page.goto(`/refer/${caseId}`);
  await page.getByRole('radio', { name }).check();
  await press(say('referrals.ask.consent', { name }));
  const consent = page.getByRole('dialog');
  await consent.getByRole('checkbox', { name: say('consent.field.title'), exact: true }).check();
  await consent.getByRole('checkbox', { name: say('consent.field.description'), exact: true }).check();
  await picture(page, 'demo-6-consent-desktop-en');
  await consent.getByRole('button', { name: say('consent.record'), exact: true }).click();
  await consent.waitFor({ state: 'hidden' });
  await page.getByRole('checkbox', { name: say('consent.field.title'), exact: true }).check();
  await page.getByRole('checkbox', { name: say('consent.field.description'), exact: true }).check();
  await picture(page, 'demo-7-refer-desktop-en');
  await press(say('referrals.ask.send'));
  await page.getByText(say('referrals.sent', { name })).waitFor();
  await page.goto(`/cases/${caseId}`);
  const chain = page.getByRole('region', { name: say('referrals.title'), exact: true });
  await chain.getByText(say('referrals.status.pending')).waitFor();
  console.log(`${reference} is referred to ${name}`);

  const list = (await (await partner.context.request.get('/api/referrals?group=to_answer')).json()) as {
    data: { id: string; reference: string }[];
  };
  const referral = list.data.find((row) => row.reference === reference)!;
  await partner.page.goto('/referrals');
  await picture(partner.page, 'demo-8-inbox-phone-sr');
  await partner.page.goto(`/referrals/${referral.id}`);
  const answer = async (move: 'accept' | 'begin' | 'complete', fill?: () => Promise<void>) => {
    const words = partner.say(`referrals.move.${move}`);
    await partner.page.getByRole('button', { name: words, exact: true }).first().tap();
    await fill?.();
    await partner.page.getByRole('dialog').getByRole('button', { name: words, exact: true }).tap();
    await partner.page.getByRole('dialog').waitFor({ state: 'hidden' });
  };
  await answer('accept');
  await chain.getByText(say('referrals.status.accepted')).first().waitFor();
  await picture(partner.page, 'demo-9-accepted-phone-sr');
  await answer('begin');
  await answer('complete', () =>
    partner.page.getByLabel(partner.say('referrals.complete.what')).fill('Voda je priključena.'),
  );
  console.log('The partner accepted, worked and completed it');
  await page.getByRole('button', { name: say('referrals.confirm.yes'), exact: true }).click();
  await chain
    .getByText(new RegExp(say('referrals.confirmed.yes')))
    .first()
    .waitFor();
  await picture(page, 'demo-10-confirmed-desktop-en');
  await picture(partner.page, 'demo-11-done-phone-sr');
  console.log('The sender confirmed that the person received it');
  await sender.context.close();
  await partner.context.close();
}
