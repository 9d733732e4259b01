// Duty: the rule of each theme as it stands, the usual one where nobody set any.
import type { RetentionRule } from '../../../shared/retention.ts';
import { type Theme, themes } from '../../../shared/themes.ts';
import { monthsOn, usualRule } from './dueDays.ts';
import { RetentionRuleModel, type StoredRule } from './retention.model.ts';

export async function ruleOf(theme: Theme): Promise<StoredRule> {
  const found = await RetentionRuleModel.findOne({ _id: theme }).lean<StoredRule>();
  return found ?? { _id: theme, ...usualRule };
}

export async function allRules(): Promise<Record<Theme, StoredRule>> {
  const found = await RetentionRuleModel.find().lean<StoredRule[]>();
  return Object.fromEntries(
    themes.map((theme) => [theme, found.find(({ _id }) => _id === theme) ?? { _id: theme, ...usualRule }]),
  ) as Record<Theme, StoredRule>;
}

export function presentRule(rule: StoredRule, today: string): RetentionRule {
  const { _id: theme, months, version } = rule;
  const from = rule.from !== null && today < rule.from ? rule.from : null;
  return { theme, months, from, monthsNow: monthsOn(rule, today), version };
}
