// Duty: every promise on record: two voices side by side, filters kept in the address, what waits for approval, pages.
import { Button } from '@mantine/core';
import { commitmentFlags } from '../../../shared/commitmentLists.ts';
import { paths } from '../../app/paths.ts';
import { useAddress } from '../../lib/address.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { FunnelX, Handshake, Plus } from '../../ui/icons.ts';
import { MoreButton } from '../../ui/MoreButton.tsx';
import { Page } from '../../ui/Page.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import { CommitmentFilters } from './CommitmentFilters.tsx';
import { CommitmentTable } from './CommitmentTable.tsx';
import classes from './commitments.module.css';
import { type CommitmentFilter, useCommitmentList, useLiveCommitments } from './useCommitments.ts';

const parts = [
  'municipality',
  'theme',
  'institution',
  'status',
  'flag',
  'slipping',
  'issue',
  'campaign',
] as const;

function filterOf(search: URLSearchParams): CommitmentFilter {
  const found = Object.fromEntries(
    parts.flatMap((part) => (search.get(part) ? [[part, search.get(part)]] : [])),
  );
  const flag = commitmentFlags.find((known) => known === found.flag);
  return { ...found, flag };
}

export function CommitmentsPage() {
  const { say } = useSpeech();
  const [search, change, clear] = useAddress();
  useLiveCommitments();
  const filter = filterOf(search);
  const asked = useCommitmentList(filter);
  const [first] = asked.data?.pages ?? [];
  const rows = asked.data?.pages.flatMap((page) => page.data) ?? [];
  const isNarrowed = Object.values(filter).some(Boolean);
  const clearing = (
    <Button variant="default" leftSection={<FunnelX size={18} aria-hidden />} onClick={clear}>
      {say('commitments.clear')}
    </Button>
  );
  return (
    <Page>
      <PageHead
        title={say('commitments.title')}
        tabTitle={say('commitments.title')}
        lead={say('commitments.about')}
        primary={{ label: say('commitments.record'), icon: Plus, to: paths.recordCommitment.href() }}
      />
      <CommitmentFilters filter={filter} counts={first?.flags} onChange={change} />
      {first && (
        <div className={classes.sum}>
          <span role="status">{say('commitments.count', { count: first.total })}</span>
          {first.proposed > 0 && filter.status !== 'proposed' && (
            <Button variant="light" size="compact-md" onClick={() => change({ status: 'proposed' })}>
              {say('commitments.waiting', { count: first.proposed })}
            </Button>
          )}
          {isNarrowed && rows.length > 0 && clearing}
        </div>
      )}
      {asked.data ? (
        rows.length > 0 ? (
          <CommitmentTable rows={rows} caption={say('commitments.title')} />
        ) : (
          <EmptyState
            icon={Handshake}
            title={say(isNarrowed ? 'commitments.none' : 'commitments.empty')}
            text={say(isNarrowed ? 'commitments.noneText' : 'commitments.emptyText')}
            action={isNarrowed ? clearing : undefined}
          />
        )
      ) : asked.error ? (
        <ErrorState error={asked.error} onRetry={() => void asked.refetch()} />
      ) : (
        <LoadingState />
      )}
      <MoreButton list={asked} mt="md" />
    </Page>
  );
}
