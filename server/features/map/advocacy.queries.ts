// Duty: what stands and what is stuck in each municipality of the viewer's, layer by layer, and who is to move. Each slice is asked through its scope.
import { isBroken, proposedRung } from '../../../shared/commitmentFlags.ts';
import type { MunicipalitySlug } from '../../../shared/directory.ts';
import { nextRung } from '../../../shared/letterLists.ts';
import {
  type AdvocacyGroup,
  type AdvocacyItem,
  type AdvocacyPlace,
  type Mover,
  mostShown,
} from '../../../shared/mapAdvocacy.ts';
import { daysBetween } from '../../../shared/replyClock.ts';
import { clock, dayOf } from '../../clock.ts';
import type { Viewer } from '../../policy.ts';
import { type CampaignHere, campaignsUnderWayIn, heldUpBy } from '../campaigns/places.queries.ts';
import { countsFor } from '../cases/caseCounts.queries.ts';
import { standingOf } from '../commitments/commitments.queries.ts';
import { type PromiseHere, slippingPromisesIn } from '../commitments/places.queries.ts';
import { colleaguesOf } from '../directory/users.queries.ts';
import {
  bearerNames,
  type NameOfBearer,
  type UnansweredLetter,
  unansweredLettersIn,
} from '../institutions/places.queries.ts';
import { type IssueHere, liveIssuesIn } from '../issues/places.queries.ts';
import { ensureAdvocacy } from './map.policy.ts';

type Place = MunicipalitySlug | null;

interface Desk {
  today: string;
  nameOf: NameOfBearer;
  /** That person, or whoever coordinates where the viewer does not know them or they have left. */
  person(id: string | null): Mover;
  triagerIn(municipality: MunicipalitySlug): Mover;
}

const coordinators: Mover = { role: 'coordinator', name: null };

async function deskFor(viewer: Viewer, today: string, nameOf: NameOfBearer): Promise<Desk> {
  const colleagues = (await colleaguesOf(viewer)).filter(({ active }) => active);
  return {
    today,
    nameOf,
    person(id) {
      const found = colleagues.find((colleague) => colleague.id === id);
      return found ? { role: found.role, name: found.name } : coordinators;
    },
    triagerIn(municipality) {
      const leads = colleagues.filter(
        (colleague) => colleague.role === 'team_lead' && colleague.municipality === municipality,
      );
      const only = leads.length === 1 ? leads[0]! : null;
      return leads.length === 0 ? coordinators : { role: 'team_lead', name: only?.name ?? null };
    },
  };
}

/** One answer for all that the map lays over the cases. */
export async function advocacyFor(viewer: Viewer): Promise<AdvocacyPlace[]> {
  const scope = ensureAdvocacy(viewer);
  const places: readonly Place[] = viewer.role === 'coordinator' ? [...scope, null] : scope;
  const today = dayOf(clock.now());
  const [issues, letters, campaigns, commitments, counts] = await Promise.all([
    liveIssuesIn(viewer, scope),
    unansweredLettersIn(viewer, places, today),
    campaignsUnderWayIn(viewer, scope),
    slippingPromisesIn(viewer, places),
    Promise.all(scope.map((slug) => countsFor(viewer, { municipality: [slug] }))),
  ]);
  const desk = await deskFor(viewer, today, await bearerNames([...letters, ...commitments]));
  return places.map((municipality, at): AdvocacyPlace => {
    const isHere = (record: { municipality: Place }) => record.municipality === municipality;
    const touches = (record: { municipalities: MunicipalitySlug[] }) =>
      municipality !== null && record.municipalities.includes(municipality);
    const here = {
      letters: letters.filter(isHere),
      commitments: commitments.filter(isHere),
      campaigns: campaigns.filter(touches),
      issues: issues.filter(touches),
    };
    const cases = counts[at];
    return {
      municipality,
      cases:
        municipality && cases
          ? {
              untriaged: cases.byStatus.new ?? 0,
              late: cases.late,
              withoutLead: cases.withoutLead,
              triager: desk.triagerIn(municipality),
            }
          : null,
      commitments: {
        ...grouped(here.commitments, (one) => promiseItem(one, desk)),
        broken: here.commitments.filter((one) => isBroken(standingOf(one), today)).length,
      },
      letters: {
        ...grouped(here.letters, (one) => letterItem(one, desk)),
        silent: here.letters.filter(({ status }) => status === 'silent').length,
      },
      campaigns: {
        ...grouped(here.campaigns, (one) => campaignItem(one, desk)),
        byStage: stagesOf(here.campaigns),
      },
      issues: grouped(here.issues, issueItem),
    };
  });
}

/** What is stuck first; the order in which they came otherwise. */
function grouped<One>(records: readonly One[], itemOf: (record: One) => AdvocacyItem): AdvocacyGroup {
  const items = records.map(itemOf).sort((a, b) => Number(b.why !== null) - Number(a.why !== null));
  return { count: items.length, items: items.slice(0, mostShown) };
}

function stagesOf(campaigns: readonly CampaignHere[]): AdvocacyPlace['campaigns']['byStage'] {
  const byStage: AdvocacyPlace['campaigns']['byStage'] = {};
  for (const { stage } of campaigns) byStage[stage] = (byStage[stage] ?? 0) + 1;
  return byStage;
}

const plain = { institution: null, stage: null, why: null, since: null, days: null, rung: null, mover: null };

function promiseItem(promise: PromiseHere, { today, nameOf }: Desk): AdvocacyItem {
  const { _id, reference, titles, title, municipality, status } = promise;
  const standing = standingOf(promise);
  const isOpen = status === 'open';
  return {
    ...plain,
    id: _id,
    reference,
    title: titles ?? title,
    institution: nameOf(promise),
    why: isBroken(standing, today) ? 'commitment.broken' : 'commitment.overdue',
    since: standing.dueOn,
    days: standing.dueOn ? daysBetween(standing.dueOn, today) : null,
    rung: proposedRung(standing, { municipal: municipality !== null, today }),
    mover: isOpen ? coordinators : null,
  };
}

function letterItem(letter: UnansweredLetter, { today, nameOf, person }: Desk): AdvocacyItem {
  const { _id, reference, subject, status, rung, author } = letter;
  const since =
    status === 'silent' ? letter.silentOn : status === 'refused' ? letter.answeredOn : letter.dueOn;
  return {
    ...plain,
    id: _id,
    reference,
    title: subject,
    institution: nameOf(letter),
    why: status === 'silent' ? 'letter.silent' : status === 'refused' ? 'letter.refused' : 'letter.late',
    since: since ?? dayOf(letter.changedAt),
    days: daysBetween(since ?? dayOf(letter.changedAt), today),
    rung: nextRung(rung),
    mover: person(author),
  };
}

function campaignItem(campaign: CampaignHere, { today, person }: Desk): AdvocacyItem {
  const { _id, reference, title, stage } = campaign;
  const held = heldUpBy(campaign, today);
  return {
    ...plain,
    id: _id,
    reference,
    title,
    stage,
    ...(held && {
      why: held.why,
      since: held.since,
      days: daysBetween(held.since, today),
      mover: person(held.by),
    }),
  };
}

const issueItem = ({ _id, reference, title, status, createdAt }: IssueHere): AdvocacyItem => ({
  ...plain,
  id: _id,
  reference,
  title,
  ...(status === 'proposed' && {
    why: 'issue.proposed' as const,
    since: dayOf(createdAt),
    mover: coordinators,
  }),
});
