// Duty: the advocacy half of the story: from a pattern behind example cases in Gjakova to a letter that nobody answers and a promise broken on an open map.
import { expect } from 'chai';
import { paths } from '../../client/app/paths.ts';
import { dayAfter, dayOf } from '../../server/clock.ts';
import { newId } from '../../shared/api.ts';
import type { CampaignPage } from '../../shared/campaignViews.ts';
import type { CaseRow } from '../../shared/caseViews.ts';
import type { IssueRow } from '../../shared/issues.ts';
import type { LetterPage } from '../../shared/letters.ts';
import { desktop, phone, picture } from '../support/browser.ts';
import { checkInput, demandInput } from '../support/campaigns.ts';
import { check, commitmentInput } from '../support/commitments.ts';
import { consentInput } from '../support/consents.ts';
import { letterInput } from '../support/letters.ts';
import { exampleAccounts, type Somebody, signedIn } from './people.ts';

const municipality = 'gjakova';
const day = (days: number) => dayAfter(dayOf(new Date()), days);
const mark = `.leaflet-advocacy-pane [role=button][aria-label*="Gjakova"]`;

export interface Campaign {
  letter: string;
  /** Waits for the clock to let the letter fall silent, and closes the windows. */
  tellSilence(): Promise<void>;
}

/** Reads and writes as the browser's own session would; throws on a refusal. */
function requestsOf({ context }: Somebody) {
  const headers = { 'X-Requested-With': 'demo' };
  const taken = async (
    path: string,
    answer: { ok(): boolean; status(): number; text(): Promise<string>; json(): Promise<unknown> },
  ) => {
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
    return ((await answer.json()) as { data: unknown }).data;
  };
  return {
    read: async <Value>(path: string) => (await taken(path, await context.request.get(path))) as Value,
    write: async <Value>(path: string, data: unknown) =>
      (await taken(path, await context.request.post(path, { data, headers }))) as Value,
  };
}

async function campaignFrom(coordinator: Somebody, me: string): Promise<CampaignPage> {
  const { read, write } = requestsOf(coordinator);
  const [issue] = await read<IssueRow[]>(`/api/issues?municipality=${municipality}&theme=housing`);
  await coordinator.page.goto(paths.issue.href(issue!.id));
  await picture(coordinator.page, 'demo-12-issue-desktop-en');
  const id = newId();
  await write('/api/campaigns', {
    id,
    title: 'Titles for the homes on granted land',
    theme: 'housing',
    municipalities: [municipality],
    whyNow: 'The municipal assembly votes on the budget in December.',
    issueIds: [issue!.id],
  });
  const one = `/api/campaigns/${id}`;
  const now = () => read<CampaignPage>(one);
  const move = async (input: Record<string, unknown>) =>
    write(`${one}/moves`, { ...input, version: (await now()).version });
  await move({
    move: 'plan',
    issueIds: [issue!.id],
    municipalities: [municipality],
    whyNow: 'The municipal assembly votes on the budget in December.',
  });
  await write(
    `${one}/demands`,
    demandInput({
      municipality,
      text: 'Transfer the plots to the families who live on them.',
      indicator: 'Families with a contract in their hands',
    }),
  );
  const [example] = await read<CaseRow[]>(`/api/cases?municipality=${municipality}&theme=housing`);
  await write(`/api/cases/${example!.id}/consents`, consentInput(me, { purpose: 'advocacy_example' }));
  await write(`${one}/uses`, { caseIds: [example!.id] });
  await write(
    `${one}/uses/${example!.id}/check`,
    checkInput({
      recognised: 'by_those_around',
      byWhom: 'Neighbours in the settlement',
      harm: 'They could be pressed to leave sooner.',
      awareHow: 'Told on a visit; the text was read out.',
    }),
  );
  await move({ move: 'activate' });
  await coordinator.page.goto(paths.campaign.href(id));
  await picture(coordinator.page, 'demo-13-campaign-desktop-en');
  return now();
}

/** Throws when a step does not come true. */
export async function tellCampaign(url: string): Promise<Campaign> {
  const account = (await exampleAccounts(url)).find(({ role }) => role === 'coordinator')!;
  const coordinator = await signedIn(account, 'en', { url, size: desktop });
  const watcher = await signedIn(account, 'en', { url, size: desktop });
  const map = watcher.page;
  await map.goto(paths.map.href());
  await map.locator('output').filter({ hasText: /\d/ }).waitFor();
  const { read, write } = requestsOf(coordinator);
  const { id: me } = await read<{ id: string }>('/api/me');
  const campaign = await campaignFrom(coordinator, me);
  console.log(
    `${campaign.reference}: a pattern became a campaign; a case is used after its do-no-harm check`,
  );

  const letter = letterInput({
    municipality,
    campaignId: campaign.id,
    demandId: campaign.demandList[0]!.id,
    ask: 'Vendimin për ndarjen e parcelave dhe afatin për kontratat.',
  });
  await write('/api/letters', letter);
  const { version } = await read<LetterPage>(`/api/letters/${letter.id}`);
  const silent = map.locator(`${mark}[aria-label*="letter"]`).waitFor();
  await write(`/api/letters/${letter.id}/moves`, { move: 'send', on: day(-40), way: 'post', version });
  await silent;
  console.log('A letter went out 40 days ago by its protocol, and the open map says that nobody answered');
  await coordinator.page.goto(paths.letter.href(letter.id));
  await picture(coordinator.page, 'demo-14-letter-desktop-en');

  const promise = commitmentInput({
    municipality,
    title: 'Contracts for the plots by the end of summer',
    words: 'Deri në fund të verës familjet do t’i kenë kontratat për parcelat.',
    person: '',
    office: 'Kabineti i Kryetarit',
    promisedOn: day(-120),
    dueOn: day(-12),
    campaignIds: [campaign.id],
    issueIds: campaign.issues.map(({ id }) => id),
  });
  await write('/api/commitments', promise);
  const before = await brokenIn(map);
  const { version: recorded } = await read<{ version: number }>(`/api/commitments/${promise.id}`);
  const began = Date.now();
  await write(`/api/commitments/${promise.id}/moves`, { ...check('no_evidence', []), version: recorded });
  await map.locator(`${mark}[aria-label*="${before + 1} broken"]`).waitFor();
  expect(Date.now() - began, 'milliseconds until the open map shows it').to.be.lessThan(2000);
  console.log(
    `A partner looked and found nothing: the promise is broken on the open map: ${Date.now() - began} ms`,
  );
  await picture(map, 'demo-15-broken-desktop-en');
  await map.locator(mark).press('Enter');
  await map.locator('aside h2:focus').waitFor();
  await picture(map, 'demo-16-stuck-desktop-en');
  await coordinator.page.goto(paths.commitment.href(promise.id));
  await picture(coordinator.page, 'demo-17-commitment-desktop-en');
  const paper = await coordinator.context.request.get(`/api/map/briefing/${municipality}?language=sq`);
  expect(paper.headers()['content-type']).to.equal('application/pdf');
  const small = await signedIn(account, 'sq', { url, size: phone });
  await small.page.goto(`${paths.map.href()}?stuck=${municipality}`);
  await small.page.getByRole('dialog').locator('h2').waitFor();
  await picture(small.page, 'demo-18-stuck-phone-sq');
  await small.context.close();
  const errors = [...coordinator.errors, ...watcher.errors];
  expect(errors).to.deep.equal([]);
  return {
    letter: letter.id,
    async tellSilence() {
      const words = watcher.say('advocacy.why.letter.silent');
      await map.locator('aside').getByText(words).first().waitFor({ timeout: 400_000 });
      await picture(map, 'demo-19-silence-desktop-en');
      console.log('Nobody did anything: the clock let the letter fall silent, and the panel says so');
      await coordinator.context.close();
      await watcher.context.close();
    },
  };
}

/** As the mark over Gjakova says; none while it says nothing of it. */
async function brokenIn(map: Somebody['page']): Promise<number> {
  const words = (await map.locator(mark).getAttribute('aria-label')) ?? '';
  return Number(/(\d+) broken/.exec(words)?.[1] ?? 0);
}
