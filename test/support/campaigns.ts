// Duty: build valid inputs about campaigns and take campaigns to where a test begins, through the API alone.
import { type CampaignFile, CampaignModel } from '../../server/features/campaigns/campaigns.model.ts';
import { newId } from '../../shared/api.ts';
import type {
  ActionCreate,
  CampaignCreate,
  DemandCreate,
  MilestoneCreate,
  UseCheck,
} from '../../shared/campaigns.ts';
import type { CampaignPage } from '../../shared/campaignViews.ts';
import { inDays, logged } from './cases.ts';
import { consentInput } from './consents.ts';
import { issueMade } from './issues.ts';
import { faultsOf, type Person, type Reply } from './server.ts';

export function campaignInput(changes: Partial<CampaignCreate> = {}): CampaignCreate {
  return {
    id: newId(),
    title: 'Roofs before winter',
    theme: 'housing',
    municipalities: ['ferizaj'],
    whyNow: 'The budget is voted in December.',
    issueIds: [],
    ...changes,
  };
}

export async function proposed(by: Person, changes: Partial<CampaignCreate> = {}): Promise<string> {
  const input = campaignInput(changes);
  const answer = await by.post('/api/campaigns', input);
  if (answer.status !== 201) throw new Error(`A test's campaign failed: ${answer.status} ${answer.text}`);
  return input.id;
}

export async function campaignOf(by: Person, id: string): Promise<CampaignPage> {
  const answer = await by.get(`/api/campaigns/${id}`);
  if (answer.status !== 200) throw new Error(`Opening a campaign failed: ${answer.status} ${answer.text}`);
  return answer.body.data;
}

/** References of copies. */
export const copied = /^CAM-2001-/;

let copies = 0;
/** So many more like it, older one by one: put into the database as they are, for lists that are long. */
export async function copiesOf(id: string, count: number): Promise<void> {
  const first = (await CampaignModel.findOne({ _id: id }).lean<CampaignFile>())!;
  const made = Array.from({ length: count }, (_, at) => ({
    ...first,
    _id: newId(),
    reference: `CAM-2001-${String(copies++).padStart(4, '0')}`,
    title: `${first.title} ${at}`,
    createdAt: new Date(first.createdAt.getTime() - (at + 1) * 1_000),
  }));
  await CampaignModel.insertMany(made);
}

export function demandInput(changes: Partial<DemandCreate> = {}): DemandCreate {
  return {
    id: newId(),
    text: 'Put twenty-five families on the list for social housing.',
    institutionId: 'urbanism',
    municipality: 'ferizaj',
    audience: 'decision_makers',
    change: 'will',
    policyStage: 'agenda',
    indicator: 'Twenty-five families on the list',
    startsOn: inDays(-1),
    endsOn: inDays(90),
    ...changes,
  };
}

export function actionInput(changes: Partial<ActionCreate> = {}): ActionCreate {
  return {
    id: newId(),
    kind: 'meeting',
    title: 'Meeting with the directorate',
    status: 'planned',
    on: inDays(5),
    municipality: 'ferizaj',
    place: 'Town hall',
    demandId: null,
    reached: null,
    note: '',
    ...changes,
  };
}

export const milestoneInput = (changes: Partial<MilestoneCreate> = {}): MilestoneCreate => ({
  id: newId(),
  title: 'The list is public',
  due: inDays(30),
  doneOn: null,
  ...changes,
});

export const checkInput = (changes: Partial<UseCheck> = {}): UseCheck => ({
  recognised: 'by_those_around',
  byWhom: 'Neighbours of the same street',
  harm: 'They could be asked to leave sooner.',
  aware: true,
  awareHow: 'Told on a visit, with the text read out.',
  detail: 'told_inside',
  ...changes,
});

export async function moveCampaign(by: Person, id: string, input: Record<string, unknown>) {
  const version = input.version ?? (await campaignOf(by, id)).version;
  return by.post(`/api/campaigns/${id}/moves`, { ...input, version });
}

export async function movedCampaign(
  by: Person,
  id: string,
  input: Record<string, unknown>,
): Promise<CampaignPage> {
  const answer = await moveCampaign(by, id, input);
  if (answer.status !== 200) throw new Error(`A campaign's move failed: ${answer.status} ${answer.text}`);
  return answer.body.data;
}

export const planInput = (issue: string, changes: Record<string, unknown> = {}) => ({
  move: 'plan',
  issueIds: [issue],
  municipalities: ['ferizaj'],
  whyNow: 'The budget is voted in December.',
  ...changes,
});

export async function added(by: Person, path: string, input: unknown): Promise<CampaignPage> {
  const answer = await by.post(path, input);
  if (answer.status >= 300) throw new Error(`${path} failed: ${answer.status} ${answer.text}`);
  return answer.body.data;
}

/** Planned, with a whole demand, and active. */
export async function activeCampaign(
  coordinator: Person,
  changes: Partial<CampaignCreate> = {},
): Promise<string> {
  const id = await proposed(coordinator, changes);
  await movedCampaign(
    coordinator,
    id,
    planInput(
      await issueMade(coordinator, { municipalities: changes.municipalities ?? ['ferizaj'] }),
      changes.municipalities ? { municipalities: changes.municipalities } : {},
    ),
  );
  await added(
    coordinator,
    `/api/campaigns/${id}/demands`,
    demandInput({ municipality: changes.municipalities?.[0] ?? 'ferizaj' }),
  );
  await movedCampaign(coordinator, id, { move: 'activate' });
  return id;
}

/** A case whose person agreed to be an example in advocacy. */
export async function exampleCase(
  by: Person,
  changes: Parameters<typeof logged>[1] = {},
  consent: Parameters<typeof consentInput>[1] = {},
): Promise<string> {
  const id = await logged(by, changes);
  const answer = await by.post(
    `/api/cases/${id}/consents`,
    consentInput(by.id, { purpose: 'advocacy_example', ...consent }),
  );
  if (answer.status >= 300) throw new Error(`A test's consent failed: ${answer.status} ${answer.text}`);
  return id;
}

/** Chosen, checked and used, or throws. */
export async function usedCase(coordinator: Person, campaign: string, caseId: string): Promise<void> {
  await added(coordinator, `/api/campaigns/${campaign}/uses`, { caseIds: [caseId] });
  await added(coordinator, `/api/campaigns/${campaign}/uses/${caseId}/check`, checkInput());
}

/** Status, code, then what was wrong. */
export async function refusal(answer: Promise<Reply<any>>): Promise<unknown[]> {
  const { status, body } = await answer;
  return [status, body?.error?.code, ...faultsOf({ body })];
}
