// Duty: why a campaign is not ready for a move, in words: which demand lacks what, which cases wait. What is needed is the table's.
import { ApiError } from '../../lib/api.ts';
import { errorWords, faultWords } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { useFieldWords } from './fieldWords.ts';

/** Null for any other refusal. */
export function useReadiness(): (error: unknown) => string | null {
  const { say, speaker, list } = useSpeech();
  const { nameOf } = useFieldWords();
  return (error) => {
    if (!(error instanceof ApiError) || error.code !== 'campaign.notReady') return null;
    const lacking = new Map<string, string[]>();
    const others: string[] = [];
    for (const fault of error.faults) {
      const [where, at, part] = fault.path;
      if (where === 'demands' && at !== undefined && typeof part === 'string')
        lacking.set(String(at), [...(lacking.get(String(at)) ?? []), nameOf(part)]);
      else others.push(faultWords(speaker, fault));
    }
    const demands = [...lacking.values()].map((parts) =>
      say('campaigns.demand.lacks', { what: list(parts) }),
    );
    return [errorWords(speaker, error), ...new Set([...demands, ...others])].join(' ');
  };
}
