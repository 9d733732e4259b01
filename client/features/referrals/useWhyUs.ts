// Duty: why a referral came to this organisation, as far as its own entry in the directory tells.
import type { ReferralRow } from '../../../shared/referrals.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { usePlaceName } from '../../lib/places.ts';
import { useMe } from '../../lib/session.tsx';
import { useOrganisations } from './useReferrals.ts';

export function useWhyUs(): (row: ReferralRow) => string {
  const { say } = useSpeech();
  const placeName = usePlaceName();
  const me = useMe();
  const { data: organisations = [] } = useOrganisations(me.organisation !== null);
  const own = organisations.find(({ id }) => id === me.organisation);
  return (row) => {
    const values = { theme: say(`theme.${row.theme}`), place: placeName(row.municipality) };
    const theme = own?.themes.includes(row.theme);
    const place = own?.municipalities.includes(row.municipality);
    if (theme && place) return say('referrals.why.both', values);
    if (theme) return say('referrals.why.theme', values);
    if (place) return say('referrals.why.place', values);
    return say('referrals.why.chosen');
  };
}
