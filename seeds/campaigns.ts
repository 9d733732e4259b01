// Duty: four invented campaigns on the example issues, each in another stage, made through the commands so that they obey every rule.
import { dayAfter, dayOf } from '../server/clock.ts';
import { addAction, addMilestone } from '../server/features/campaigns/actions.commands.ts';
import { moveCampaign } from '../server/features/campaigns/campaignMoves.commands.ts';
import { createCampaign, reviseCampaign } from '../server/features/campaigns/campaigns.commands.ts';
import { campaignFor } from '../server/features/campaigns/campaigns.queries.ts';
import { addDemand, decideDemand } from '../server/features/campaigns/demands.commands.ts';
import { checkUse, chooseCases } from '../server/features/campaigns/uses.commands.ts';
import { caseFor, identitySubjectOf } from '../server/features/cases/cases.queries.ts';
import { exampleViewers } from '../server/features/directory/exampleAccounts.queries.ts';
import { giveConsent } from '../server/features/identities/consents.commands.ts';
import type { Viewer } from '../server/policy.ts';
import type { CampaignMoveInput } from '../shared/campaigns.ts';
import { noticeVersion } from '../shared/consents.ts';
import { type ExampleCampaign, exampleCampaigns } from './exampleCampaigns.ts';
import { fixedId, fixedIdOfLong } from './facts.ts';
import { exampleIssueId } from './issues.ts';

/** Promises of the example are made to these. */
export const exampleCampaignId = (key: string): string => fixedIdOfLong(`campaign ${key}`);

const day = 24 * 60 * 60_000;

interface Hands {
  coordinator: Viewer;
  team: string[];
  partners: string[];
  /** That many days ago. */
  at(ago: number): Date;
  dayAt(ago: number): string;
}

type Given = CampaignMoveInput extends infer Each
  ? Each extends unknown
    ? Omit<Each, 'version'>
    : never
  : never;

/** Makes the next move unless it was made before. */
async function move(id: string, { coordinator, at }: Hands, ago: number, input: Given): Promise<void> {
  const { history, version } = await campaignFor(coordinator, id);
  if (history.some((entry) => entry.move === input.move)) return;
  await moveCampaign(coordinator, id, { ...input, version } as CampaignMoveInput, at(ago));
}

/** The person behind the case agrees to be an example: for a child, the guardian. */
async function agree(coordinator: Viewer, caseId: string, givenOn: string): Promise<void> {
  const caseFile = await caseFor(coordinator, caseId);
  await giveConsent(coordinator, identitySubjectOf(caseFile), {
    id: fixedIdOfLong(`advocacy consent ${caseId}`),
    purpose: 'advocacy_example',
    recipient: null,
    fields: [],
    form: 'oral',
    language: caseFile.language,
    givenBy: caseFile.concernsChild ? 'guardian' : 'person',
    askedBy: coordinator.id,
    givenOn,
    expiresOn: dayAfter(givenOn, 3 * 365),
    textVersion: noticeVersion,
    legalBasis: 'explicit_consent',
  });
}

async function seedCases(id: string, example: ExampleCampaign, hands: Hands): Promise<void> {
  const { coordinator, at, dayAt } = hands;
  for (const { caseId, chosen, check } of example.cases) {
    const one = fixedId(caseId);
    const before = (await campaignFor(coordinator, id)).uses.find((use) => use.caseId === one);
    if (before && (before.check || before.ended || !check)) continue;
    await agree(coordinator, one, dayAt(chosen));
    await chooseCases(coordinator, id, { caseIds: [one] }, at(chosen));
    if (check) await checkUse(coordinator, id, one, { ...check, aware: true }, at(chosen - 1));
  }
}

async function seedCampaign(example: ExampleCampaign, hands: Hands): Promise<void> {
  const { coordinator, team, partners, at, dayAt } = hands;
  const id = exampleCampaignId(example.key);
  const { title, theme, municipalities, whyNow, began, stages } = example;
  const issueIds = [exampleIssueId(example.issue)];
  await createCampaign(coordinator, { id, title, theme, municipalities, whyNow, issueIds }, at(began));
  const { version, history, stage } = await campaignFor(coordinator, id);
  if (stage === 'closed') return;
  if (example.shared && !history.some(({ what }) => what === 'revised'))
    await reviseCampaign(coordinator, id, { version, partners, team }, at(began - 1));
  if (stages.planned !== undefined)
    await move(id, hands, stages.planned, { move: 'plan', issueIds, municipalities, whyNow });
  for (const { key, starts, ends, decided: _decided, ...demand } of example.demands)
    await addDemand(
      coordinator,
      id,
      {
        id: fixedIdOfLong(`demand ${key}`),
        ...demand,
        startsOn: dayAt(starts),
        endsOn: ends === null ? null : dayAt(ends),
      },
      at(starts),
    );
  await seedCases(id, example, hands);
  if (stages.active !== undefined) await move(id, hands, stages.active, { move: 'activate' });
  for (const { key, ago, ...action } of example.actions)
    await addAction(
      coordinator,
      id,
      {
        id: fixedIdOfLong(`action ${key}`),
        ...action,
        on: dayAt(ago),
        status: ago >= 0 ? 'done' : 'planned',
        demandId: null,
        note: '',
      },
      at(Math.max(0, ago)),
    );
  for (const { key, due, ...milestone } of example.milestones)
    await addMilestone(
      coordinator,
      id,
      { id: fixedIdOfLong(`milestone ${key}`), ...milestone, due: dayAt(due), doneOn: null },
      at(began - 2),
    );
  for (const { key, decided } of example.demands) {
    const demand = (await campaignFor(coordinator, id)).demands.find(
      (one) => one.id === fixedIdOfLong(`demand ${key}`),
    )!;
    if (!decided || demand.status !== 'open') continue;
    const { ago, note } = decided;
    const now = (await campaignFor(coordinator, id)).version;
    const decision = { status: 'adopted' as const, decidedOn: dayAt(ago), note, version: now };
    await decideDemand(coordinator, id, demand.id, decision, at(ago));
  }
  if (stages.monitoring !== undefined) await move(id, hands, stages.monitoring, { move: 'monitor' });
  if (stages.closed)
    await move(id, hands, stages.closed.ago, {
      move: 'close',
      result: stages.closed.result,
      lessons: stages.closed.lessons,
    });
}

/** Safe to repeat: goes on where it stands. */
export async function seedCampaigns(now = Date.now()): Promise<void> {
  const viewers = await exampleViewers();
  const coordinator = viewers.find(({ role }) => role === 'coordinator')!;
  const partner = viewers.find(({ role }) => role === 'cso_member');
  const at = (ago: number) => new Date(now - ago * day);
  const dayAt = (ago: number) => dayOf(at(ago));
  for (const example of exampleCampaigns) {
    const own = viewers.filter(
      ({ municipality }) => municipality !== null && example.municipalities.includes(municipality),
    );
    const team = [coordinator, ...own, ...(partner ? [partner] : [])].map(({ id }) => id);
    const partners = partner?.organisation ? [partner.organisation] : [];
    await seedCampaign(example, { coordinator, team, partners, at, dayAt });
  }
}
