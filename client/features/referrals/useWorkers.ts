// Duty: the colleagues of one's own organisation who could take a referral on.
import { useSpeech } from '../../lib/i18n.tsx';
import { useColleagues } from '../../lib/places.ts';
import { useMe } from '../../lib/session.tsx';

export function useWorkers(): { id: string; name: string }[] {
  const { compare } = useSpeech();
  const me = useMe();
  const { data: colleagues = [] } = useColleagues();
  const own = colleagues.filter(
    (one) => one.active && one.role === 'cso_member' && one.organisation === me.organisation,
  );
  const all = own.some((one) => one.id === me.id) || me.role !== 'cso_member' ? own : [...own, me];
  return all.map(({ id, name }) => ({ id, name })).sort((a, b) => compare(a.name, b.name));
}
