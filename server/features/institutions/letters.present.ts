// Duty: a letter as a row and as a page. No document passes.

import { officeId } from '../../../shared/institutionLists.ts';
import type { Institution } from '../../../shared/institutions.ts';
import { nextRung } from '../../../shared/letterLists.ts';
import type { LetterAnswer, LetterPage, LetterRow } from '../../../shared/letters.ts';
import type { TextWarning } from '../../../shared/personalData.ts';
import { daysBetween } from '../../../shared/replyClock.ts';
import { clock, dayOf } from '../../clock.ts';
import { abilitiesOf, type Viewer } from '../../policy.ts';
import { referenceFor } from '../cases/cases.queries.ts';
import { colleaguesById } from '../directory/users.queries.ts';
import { maySeeIssue } from '../issues/issues.queries.ts';
import { institutionNames } from './institutions.queries.ts';
import { type LetterFile, noDay } from './letters.model.ts';
import { letterRules } from './letters.policy.ts';
import { letterReferenceFor } from './letters.queries.ts';
import { holidayCalendar, replyRuleOf } from './replyRules.queries.ts';

type Names = ReadonlyMap<string, Institution>;

function presentRow(letter: LetterFile, names: Names, today: string): LetterRow {
  const office = letter.municipality
    ? names.get(officeId(letter.institutionId, letter.municipality))
    : undefined;
  const institution = office ?? names.get(letter.institutionId);
  const due = letter.dueOn === noDay ? null : letter.dueOn;
  return {
    id: letter._id,
    version: letter.version,
    reference: letter.reference,
    kind: letter.kind,
    rung: letter.rung,
    status: letter.status,
    language: letter.language,
    subject: letter.subject,
    institution: {
      id: letter.institutionId,
      pageId: institution?.id ?? letter.institutionId,
      names: institution?.names ?? { sq: '', sr: '', en: '' },
    },
    municipality: letter.municipality,
    theme: letter.theme,
    campaignId: letter.campaignId,
    sentOn: letter.sentOn,
    dueOn: due,
    daysLeft: due === null ? null : daysBetween(today, due),
    late: due !== null && due < today,
    answeredOn: letter.answeredOn,
    changedAt: letter.changedAt.toISOString(),
    example: letter.example,
  };
}

export async function presentLetterRows(letters: LetterFile[]): Promise<LetterRow[]> {
  const names = await institutionNames();
  const today = dayOf(clock.now());
  return letters.map((letter) => presentRow(letter, names, today));
}

export async function presentLetter(
  viewer: Viewer,
  letter: LetterFile,
  warnings: TextWarning[] = [],
  now = clock.now(),
): Promise<LetterAnswer> {
  const [seesIssue, names, colleagues, caseFile, before, after, holidays, ruleNow] = await Promise.all([
    letter.issueId !== null && maySeeIssue(viewer, letter.issueId),
    institutionNames(),
    colleaguesById(viewer),
    referenceFor(viewer, letter.caseId),
    letterReferenceFor(viewer, letter.before),
    letterReferenceFor(viewer, letter.after),
    holidayCalendar(),
    letter.status === 'to_send' ? replyRuleOf(letter.kind) : null,
  ]);
  const rule = letter.rule ?? ruleNow;
  const nameOf = (id: string) => colleagues.get(id)?.name ?? '';
  const years = [letter.sentOn ?? dayOf(now), letter.expectedBy ?? dayOf(now)].map((day) => day.slice(0, 4));
  const data: LetterPage = {
    ...presentRow(letter, names, dayOf(now)),
    body: letter.body,
    law: rule?.law ?? null,
    silence: rule?.silence ?? null,
    rule: rule && {
      days: rule.days,
      dayKind: rule.dayKind,
      extensionDays: rule.extensionDays,
      checked: rule.checked,
    },
    way: letter.way,
    protocol: letter.protocol,
    acknowledgedOn: letter.acknowledgedOn,
    theirProtocol: letter.theirProtocol,
    extendedOn: letter.extendedOn,
    silentOn: letter.silentOn,
    summary: letter.summary,
    answerProtocol: letter.answerProtocol,
    demandId: letter.demandId,
    issueId: seesIssue ? letter.issueId : null,
    case: caseFile,
    before,
    after,
    nextRung: nextRung(letter.rung),
    author: { id: letter.author, name: nameOf(letter.author) },
    files: letter.files.map(({ id, kind, name, size, at }) => ({
      id,
      kind,
      name,
      size,
      at: at.toISOString(),
    })),
    history: letter.history.map(({ at, by, move, from, to, on, note }) => ({
      at: at.toISOString(),
      by: by ? { name: nameOf(by) } : null,
      move,
      from,
      to,
      on: on ?? null,
      note: note ?? null,
    })),
    holidaysKnown: years.every((year) => holidays.years.has(year)),
  };
  return {
    data,
    abilities: abilitiesOf(letterRules, viewer, letter),
    ...(warnings.length > 0 ? { warnings } : {}),
  };
}
