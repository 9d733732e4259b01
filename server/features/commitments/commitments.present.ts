// Duty: a commitment as a row and as a page. No document passes; colleagues elsewhere are their organisation, not their name.

import { flagsOf, proposedRung } from '../../../shared/commitmentFlags.ts';
import {
  budgetWarnings,
  type CommitmentAnswer,
  type CommitmentPage,
  type CommitmentRow,
} from '../../../shared/commitments.ts';
import type { Colleague } from '../../../shared/directory.ts';
import type { Institution } from '../../../shared/institutions.ts';
import { clock, dayOf } from '../../clock.ts';
import type { KeptFile } from '../../files/kept.ts';
import { abilitiesOf, type Viewer } from '../../policy.ts';
import { maySeeColleague } from '../directory/directory.policy.ts';
import { organisationNamesByIds } from '../directory/organisations.queries.ts';
import { colleaguesById } from '../directory/users.queries.ts';
import { institutionNames } from '../institutions/institutions.queries.ts';
import type { CommitmentFile } from './commitments.model.ts';
import { commitmentRules } from './commitments.policy.ts';
import { dayOrNull, standingOf } from './commitments.queries.ts';
import { linksFor } from './links.queries.ts';
import { presentSource, sourceById } from './sources.queries.ts';

type Institutions = ReadonlyMap<string, Institution>;

function presentRow(commitment: CommitmentFile, institutions: Institutions, today: string): CommitmentRow {
  const institution = commitment.institutionId ? institutions.get(commitment.institutionId) : undefined;
  return {
    id: commitment._id,
    version: commitment.version,
    reference: commitment.reference,
    title: commitment.title,
    titles: commitment.titles,
    themes: [...commitment.themes],
    municipality: commitment.municipality,
    institution: institution ? { id: institution.id, names: institution.names } : null,
    formality: commitment.formality,
    status: commitment.status,
    closedAs: commitment.closedAs,
    dueOn: dayOrNull(commitment.dueOn),
    slips: commitment.slips,
    authorityReported: commitment.authorityReported,
    verified: commitment.verified,
    lookedAtOn: commitment.lookedAtOn,
    nextCheckOn: dayOrNull(commitment.nextCheckOn),
    flags: flagsOf(standingOf(commitment), today),
    changedAt: commitment.changedAt.toISOString(),
    example: commitment.example,
  };
}

export async function presentRows(commitments: CommitmentFile[]): Promise<CommitmentRow[]> {
  const institutions = await institutionNames();
  const today = dayOf(clock.now());
  return commitments.map((commitment) => presentRow(commitment, institutions, today));
}

interface Names {
  colleagues: ReadonlyMap<string, Colleague>;
  organisations: ReadonlyMap<string, { id: string; name: string }>;
}

async function namesFor(
  viewer: Viewer,
  { history, checks, evidence, author }: CommitmentFile,
): Promise<Names> {
  const colleagues = await colleaguesById(viewer);
  const ids = [
    author,
    ...history.map(({ by }) => by),
    ...checks.map(({ by }) => by),
    ...evidence.map(({ by }) => by),
  ];
  return {
    colleagues,
    organisations: await organisationNamesByIds(
      ids.flatMap((id) => (id && colleagues.get(id)?.organisation) || []),
    ),
  };
}

/** The name only of those whom the viewer works with; of others, where they belong. */
function presentPerson(viewer: Viewer, id: string | null, { colleagues, organisations }: Names) {
  const colleague = id ? colleagues.get(id) : undefined;
  if (!colleague) return null;
  return {
    name: maySeeColleague(viewer, colleague) ? colleague.name : '',
    organisation: (colleague.organisation && organisations.get(colleague.organisation)?.name) || null,
  };
}

const presentFile = ({ id, kind, name, size, mediaType, at }: KeptFile) => ({
  id,
  kind,
  name,
  size,
  mediaType,
  at: at.toISOString(),
});

export async function presentCommitment(
  viewer: Viewer,
  commitment: CommitmentFile,
  warnings: CommitmentAnswer['warnings'] = [],
  now = clock.now(),
): Promise<CommitmentAnswer> {
  const today = dayOf(now);
  const [institutions, names, source, links] = await Promise.all([
    institutionNames(),
    namesFor(viewer, commitment),
    commitment.sourceId ? sourceById(commitment.sourceId) : null,
    linksFor(viewer, commitment),
  ]);
  const person = (id: string | null) => presentPerson(viewer, id, names);
  const data: CommitmentPage = {
    ...presentRow(commitment, institutions, today),
    words: commitment.words,
    summary: commitment.summary,
    responsible: [...commitment.responsible],
    language: commitment.language,
    source: source && presentSource(source),
    page: commitment.page,
    person: commitment.person,
    office: commitment.office,
    place: commitment.place,
    promisedOn: commitment.promisedOn,
    reportedOn: commitment.reportedOn,
    reportNote: commitment.reportNote,
    budget: commitment.budget,
    ...links,
    demandId: commitment.demandId,
    deadlines: commitment.deadlines.map(({ from, to, reason, at }) => ({
      from,
      to,
      reason,
      at: at.toISOString(),
    })),
    checks: commitment.checks.map(({ by, at, evidence, ...check }) => ({
      ...check,
      evidence: [...evidence],
      at: at.toISOString(),
      by: person(by),
    })),
    evidence: commitment.evidence.map((file) => ({ ...presentFile(file), by: person(file.by) })),
    history: commitment.history.map(({ at, by, event, from, to, reason, fields }) => ({
      at: at.toISOString(),
      by: person(by),
      event,
      from: from ?? null,
      to: to ?? null,
      reason: reason ?? null,
      fields: [...(fields ?? [])],
    })),
    proposedRung: proposedRung(standingOf(commitment), {
      municipal: commitment.municipality !== null,
      today,
    }),
    author: person(commitment.author),
    closeReason: commitment.closeReason,
  };
  const all = [...budgetWarnings(commitment.budget), ...(warnings ?? [])];
  return {
    data,
    abilities: abilitiesOf(commitmentRules, viewer, commitment),
    ...(all.length > 0 ? { warnings: all } : {}),
  };
}
