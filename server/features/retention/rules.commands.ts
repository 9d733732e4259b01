// Duty: set for how many months a theme's closed cases stay whole. On the audit chain with both numbers, before it counts.
import { daysUntilShorter, type RetentionRule, type RetentionRuleInput } from '../../../shared/retention.ts';
import type { Theme } from '../../../shared/themes.ts';
import { clock, dayAfter, dayOf } from '../../clock.ts';
import { conflict, invalid, notFound } from '../../errors.ts';
import { ensure, type Viewer } from '../../policy.ts';
import { keepEntry } from '../audit/recording.commands.ts';
import { monthsOn } from './dueDays.ts';
import { retentionChanged } from './retention.live.ts';
import { RetentionRuleModel, type StoredRule } from './retention.model.ts';
import { maySetRules, seesRetention } from './retention.policy.ts';
import { presentRule, ruleOf } from './rules.queries.ts';

const duplicateKey = 11000;

/** What is shortened counts after some days: a slip of the hand erases nothing that cannot be got back. */
export async function setRetentionRule(
  viewer: Viewer,
  theme: Theme,
  { months, version }: RetentionRuleInput,
  now = clock.now(),
): Promise<RetentionRule> {
  if (!seesRetention(viewer)) throw notFound();
  ensure(maySetRules, viewer, null);
  const before = await ruleOf(theme);
  if (version > before.version) throw invalid([{ path: ['version'], code: 'not_a_version' }]);
  if (version < before.version) throw stale(before);
  const today = dayOf(now);
  const earlier = monthsOn(before, today);
  const isShorter = months < earlier;
  const rule: StoredRule = {
    _id: theme,
    version: version + 1,
    months,
    from: isShorter ? dayAfter(today, daysUntilShorter) : null,
    earlier: isShorter ? earlier : null,
  };
  await keepEntry({
    at: now.getTime(),
    verb: 'write',
    route: 'retention.rule',
    by: viewer.id,
    role: viewer.role,
    ids: [],
    filters: [],
    rows: null,
    status: 0,
    code: null,
    requestId: null,
    about: [theme, String(before.months), String(months)],
  });
  if (!(await write(rule, version))) throw stale(await ruleOf(theme));
  retentionChanged(theme);
  return presentRule(rule, today);
}

async function write(rule: StoredRule, version: number): Promise<boolean> {
  const { _id, ...set } = rule;
  if (version > 0)
    return (await RetentionRuleModel.updateOne({ _id, version }, { $set: set })).matchedCount > 0;
  return RetentionRuleModel.create(rule)
    .then(() => true)
    .catch((error: unknown) => {
      if ((error as { code?: number }).code === duplicateKey) return false;
      throw error;
    });
}

const stale = ({ _id, months, version }: StoredRule) =>
  conflict('retention.stale', { theme: _id, months, version });
