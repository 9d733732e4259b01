// Duty: the page about retention for who may see it, and how long one case is kept for whoever sees the case.
import {
  type CaseDue,
  type CaseHeld,
  type CaseHold,
  type CaseRetentionAnswer,
  dueSoonDays,
  type RetentionAbility,
  type RetentionAnswer,
} from '../../../shared/retention.ts';
import { type Theme, themes } from '../../../shared/themes.ts';
import { clock, dayAfter, dayOf } from '../../clock.ts';
import { notFound } from '../../errors.ts';
import { abilitiesOf, type Viewer } from '../../policy.ts';
import { holdRules } from '../cases/cases.policy.ts';
import type { CaseFile } from '../cases/cases.queries.ts';
import { casesClosedBetween, casesWithHold, type RetainedCase } from '../cases/retained.queries.ts';
import { colleaguesById } from '../directory/users.queries.ts';
import { addTo, countsFor } from './counting.ts';
import { closedBeforeIsDue, dueDay, monthsOn } from './dueDays.ts';
import { type PlaceCount, RetentionRunModel, type StoredRule } from './retention.model.ts';
import { maySeeRetainedCases, maySetRules, seesRetention } from './retention.policy.ts';
import { allRules, presentRule, ruleOf } from './rules.queries.ts';

const mostRuns = 24;
const mostListed = 200;
/** Older ones were the job's; what it left behind is counted among the held. */
const lookBackDays = 60;

type Names = Awaited<ReturnType<typeof colleaguesById>>;

export async function retentionFor(viewer: Viewer, now = clock.now()): Promise<RetentionAnswer> {
  if (!seesRetention(viewer)) throw notFound();
  const [rules, runs, names] = await Promise.all([
    allRules(),
    RetentionRunModel.find().sort({ at: -1 }).limit(mostRuns).lean(),
    colleaguesById(viewer),
  ]);
  const today = dayOf(now);
  const held: PlaceCount[] = [];
  const heldCases: CaseHeld[] = [];
  const soon: PlaceCount[] = [];
  const dueCases: CaseDue[] = [];
  const look = (item: RetainedCase) => {
    const dueOn = dueDay(item, rules[item.theme]);
    if (!dueOn || dueOn > dayAfter(today, dueSoonDays)) return;
    addTo(soon, item);
    dueCases.push({ ...aboutCase(item), dueOn });
  };
  for await (const item of casesWithHold()) {
    if (item.hold!.until >= today) {
      addTo(held, item);
      heldCases.push({ ...aboutCase(item), ...presentHold(item.hold!, names) });
    }
    look(item);
  }
  for (const theme of themes)
    for await (const item of soonDue(theme, rules[theme], today)) if (!item.hold) look(item);
  const lists = maySeeRetainedCases(viewer, null);
  return {
    data: {
      rules: themes.map((theme) => presentRule(rules[theme], today)),
      runs: runs.map(({ at, endedAt, anonymised, held: heldThen }) => ({
        at: at.toISOString(),
        endedAt: endedAt?.toISOString() ?? null,
        anonymised: countsFor(viewer, anonymised),
        held: countsFor(viewer, heldThen),
      })),
      held: countsFor(viewer, held),
      dueSoon: countsFor(viewer, soon),
      heldCases: lists ? heldCases.sort(by('until')).slice(0, mostListed) : null,
      dueCases: lists ? dueCases.sort(by('dueOn')).slice(0, mostListed) : null,
    },
    abilities: abilitiesOf({ setRules: maySetRules }, viewer, null),
  };
}

const by =
  <Key extends string>(key: Key) =>
  (a: Record<Key, string>, b: Record<Key, string>): number =>
    a[key].localeCompare(b[key]);

function soonDue(theme: Theme, rule: StoredRule, today: string): AsyncIterable<RetainedCase> {
  const months = Math.min(rule.months, monthsOn(rule, today));
  const from = closedBeforeIsDue(
    dayAfter(today, -lookBackDays),
    Math.max(rule.months, monthsOn(rule, today)),
  );
  return casesClosedBetween(theme, from, closedBeforeIsDue(dayAfter(today, dueSoonDays), months));
}

const aboutCase = ({ _id, reference, theme, municipality }: RetainedCase) => ({
  id: _id,
  reference,
  theme,
  municipality,
});

const presentHold = (
  { by: owner, reason, until, setAt }: NonNullable<CaseFile['hold']>,
  names: Names,
): CaseHold => ({
  by: names.get(owner) ?? null,
  reason,
  until,
  setOn: dayOf(setAt),
});

/** For whoever sees the case; found through its scope by the caller. */
export async function retentionOf(viewer: Viewer, caseFile: CaseFile): Promise<CaseRetentionAnswer> {
  const [rule, names] = await Promise.all([ruleOf(caseFile.theme), colleaguesById(viewer)]);
  const { _id, status, hold, anonymisedAt } = caseFile;
  return {
    data: {
      caseId: _id,
      months: monthsOn(rule, dayOf(clock.now())),
      dueOn: status === 'closed' && !anonymisedAt ? dueDay(caseFile, rule) : null,
      hold: hold ? presentHold(hold, names) : null,
      anonymisedAt: anonymisedAt?.toISOString() ?? null,
    },
    abilities: abilitiesOf<RetentionAbility, CaseFile>(holdRules, viewer, caseFile),
  };
}
