// Duty: what the home page asks the server, and which live changes make it old. No view.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type MyWeek, weekPath } from '../../../shared/week.ts';
import { api } from '../../lib/api.ts';
import { useChange } from '../../lib/live.tsx';
import { useGathered } from '../../lib/newest.ts';

const weekKey = ['my-week'] as const;

export function useMyWeek() {
  const client = useQueryClient();
  const later = useGathered(() => void client.invalidateQueries({ queryKey: weekKey }));
  useChange('case.logged', later);
  useChange('case.changed', later);
  useChange('case.withdrawn', later);
  useChange('referral.changed', later);
  useChange('issue.changed', later);
  useChange('letter.changed', later);
  useChange('campaign.changed', later);
  useChange('campaign.withdrawn', later);
  useChange('commitment.changed', later);
  useChange('replyRule.changed', later);
  useChange('release.published', later);
  useChange('user.changed', later);
  return useQuery({
    queryKey: weekKey,
    queryFn: ({ signal }) => api.get<{ data: MyWeek }>(weekPath, { signal }),
    select: (answer) => answer.data,
  });
}
