// Duty: the lead filter's value in words: me, nobody, or a colleague's name.
import { useSay } from '../../lib/i18n.tsx';
import { useColleagues } from '../../lib/places.ts';

export function useLeadName(): (lead: string) => string {
  const say = useSay();
  const { data = [] } = useColleagues();
  return (lead) => {
    if (lead === 'me') return say('case.list.mine');
    if (lead === 'none') return say('case.list.noLead');
    return data.find((one) => one.id === lead)?.name ?? say('case.lead');
  };
}
