// Duty: the letters of a campaign, as a part of its page.
import { useSpeech } from '../../lib/i18n.tsx';
import { LettersBox } from './LettersBox.tsx';

export function LettersSection({ campaignId }: { campaignId: string }) {
  const { say } = useSpeech();
  return (
    <LettersBox
      filter={{ campaign: campaignId }}
      title={say('letters.of')}
      query={{ campaign: campaignId }}
    />
  );
}
