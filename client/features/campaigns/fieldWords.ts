// Duty: the fields of campaigns, demands, actions and milestones by name, and their values in words: for histories and conflicts.
import type { MessageKey } from '../../../shared/i18n.ts';
import { useSpeech } from '../../lib/i18n.tsx';

const homes = ['campaigns.field', 'campaigns.demand', 'campaigns.action', 'campaigns.milestone'] as const;
const lists: Record<string, string> = {
  stage: 'campaigns.stage',
  status: 'campaigns.demand.status',
  audience: 'campaigns.audience',
  change: 'campaigns.change',
  policyStage: 'campaigns.policy',
  kind: 'campaigns.kind',
  theme: 'theme',
};
const day = /^\d{4}-\d{2}-\d{2}$/;

export function useFieldWords() {
  const { say, speaker, date, list } = useSpeech();
  const known = (key: string): key is MessageKey => speaker.knows(key);
  return {
    nameOf(field: string): string {
      const key = homes.map((home) => `${home}.${field}`).find(known);
      return key && known(key) ? say(key) : field;
    },
    wordsOf(field: string, value: unknown): string {
      if (value === null || value === undefined || value === '') return '–';
      if (typeof value === 'string') {
        const key = `${lists[field]}.${value}`;
        const action = `campaigns.action.status.${value}`;
        if (known(key)) return say(key);
        if (field === 'status' && known(action)) return say(action);
        return day.test(value) ? date(value) : value;
      }
      if (Array.isArray(value)) return list(value.map(String));
      return String(value);
    },
  };
}
