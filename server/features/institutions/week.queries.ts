// Duty: what of letters and their rules belongs in a person's week: to send, silent, expected, answered; rules that nobody checked.
import { officeId } from '../../../shared/institutionLists.ts';
import type { LetterStatus } from '../../../shared/letterLists.ts';
import {
  emptyPart,
  mostWeekItems,
  type WeekAsked,
  type WeekItem,
  type WeekPart,
  weekItem,
} from '../../../shared/week.ts';
import type { Viewer } from '../../policy.ts';
import { casesSeenAmong } from '../cases/cases.queries.ts';
import { institutionNames } from './institutions.queries.ts';
import { type LetterFile, LetterModel, noDay } from './letters.model.ts';
import { seesLetters } from './letters.policy.ts';
import { type LetterQuestion, lettersVisibleTo } from './letters.queries.ts';
import { replyRulesFor } from './replyRules.queries.ts';

const toDoVerbs: Partial<Record<LetterStatus, WeekItem['verb']>> = {
  to_send: 'letter.send',
  silent: 'letter.silent',
  refused: 'letter.refused',
};
const freshVerbs: Partial<Record<LetterStatus, WeekItem['verb']>> = {
  answered: 'letter.answered',
  refused: 'letter.answered',
  silent: 'letter.fellSilent',
};

/** Whose a letter is to see to: its author's, the team lead's of the place, and of coordinators where no place has it. */
const owned = (viewer: Viewer): LetterQuestion => ({
  $or: [
    { author: viewer.id },
    ...(viewer.role === 'team_lead' ? [{ municipality: viewer.municipality }] : []),
    ...(viewer.role === 'coordinator' ? [{ municipality: null }] : []),
  ],
});

export async function letterWeek(viewer: Viewer, { today, since }: WeekAsked): Promise<WeekPart> {
  if (!seesLetters(viewer)) return emptyPart();
  const scope = await lettersVisibleTo(viewer);
  const find = async (question: LetterQuestion, order: Record<string, 1 | -1>) => {
    const letters = await LetterModel.find({ $and: [scope, question] })
      .sort(order)
      .limit(mostWeekItems)
      .lean<LetterFile[]>();
    const seen = await casesSeenAmong(
      viewer,
      letters.flatMap(({ caseId }) => caseId ?? []),
    );
    return letters.filter(({ caseId }) => caseId === null || seen.has(caseId));
  };
  const [toDo, waiting, fresh, names] = await Promise.all([
    find(
      { $and: [owned(viewer), { status: { $in: ['to_send', 'silent', 'refused'] }, after: null }] },
      { changedAt: 1 },
    ),
    find({ $and: [owned(viewer), { status: { $in: ['sent', 'acknowledged'] } }] }, { dueOn: 1 }),
    since
      ? find(
          { changedAt: { $gt: since }, status: { $in: ['answered', 'refused', 'silent'] } },
          { changedAt: -1 },
        )
      : [],
    institutionNames(),
  ]);
  const item = (letter: LetterFile, verb: WeekItem['verb'], more: Partial<WeekItem> = {}) => {
    const { _id, reference, subject, institutionId, municipality } = letter;
    const office = municipality ? names.get(officeId(institutionId, municipality)) : undefined;
    return weekItem({
      key: `${verb} ${_id}`,
      place: 'letter',
      id: _id,
      verb,
      reference,
      title: subject,
      institution: (office ?? names.get(institutionId))?.names ?? null,
      ...more,
    });
  };
  return {
    toDo: toDo.map((letter) => item(letter, toDoVerbs[letter.status]!, { late: letter.status === 'silent' })),
    waiting: waiting.map((letter) =>
      item(letter, 'letter.due', {
        due: letter.dueOn === noDay ? null : letter.dueOn,
        late: letter.dueOn < today,
      }),
    ),
    fresh: fresh
      .filter(({ history }) => history.at(-1)?.by !== viewer.id)
      .map((letter) => item(letter, freshVerbs[letter.status]!, { at: letter.changedAt.toISOString() })),
  };
}

/** For who sets the rules: those that no lawyer has looked at. */
export async function ruleWeek(viewer: Viewer): Promise<WeekPart> {
  if (viewer.role !== 'administrator') return emptyPart();
  const unchecked = (await replyRulesFor(viewer)).filter(({ checked }) => !checked).length;
  if (unchecked === 0) return emptyPart();
  const item = weekItem({
    key: 'rules',
    place: 'replyRules',
    id: null,
    verb: 'rules.unchecked',
    count: unchecked,
  });
  return { ...emptyPart(), toDo: [item] };
}
