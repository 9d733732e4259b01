// Duty: every campaign that I see: as a board across stages, stacked on a phone, or as a timeline of what happens when.
import { Button, SegmentedControl } from '@mantine/core';
import { lazy, Suspense, useId, useState } from 'react';
import { useNavigate } from 'react-router';
import { type CampaignStage, campaignStages } from '../../../shared/campaignLists.ts';
import type { CampaignMoveName } from '../../../shared/campaignMoves.ts';
import type { CampaignRow } from '../../../shared/campaignViews.ts';
import { paths } from '../../app/paths.ts';
import { useAddress } from '../../lib/address.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { useMe } from '../../lib/session.tsx';
import { FunnelX, Megaphone, Plus } from '../../ui/icons.ts';
import { MoreButton } from '../../ui/MoreButton.tsx';
import { NarrowToMunicipality } from '../../ui/narrowing.tsx';
import { Page } from '../../ui/Page.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { useSaid } from '../../ui/said.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import { CampaignCard } from './CampaignCard.tsx';
import classes from './campaigns.module.css';
import { useCampaigns, useLiveCampaigns } from './useCampaigns.ts';
import { StageWord } from './words.tsx';

const MoveDialog = lazy(async () => ({ default: (await import('./MoveDialog.tsx')).MoveDialog }));
const CreateDialog = lazy(async () => ({ default: (await import('./CreateDialog.tsx')).CreateDialog }));
const Timeline = lazy(async () => ({ default: (await import('./Timeline.tsx')).Timeline }));

export function CampaignsPage() {
  const { say } = useSpeech();
  const me = useMe();
  const navigate = useNavigate();
  const [query, change] = useAddress();
  const municipality = query.get('municipality') ?? '';
  const underWay = query.get('underWay') === 'true';
  const isNarrowed = municipality !== '' || underWay;
  const filter = { ...(municipality ? { municipality } : {}), ...(underWay ? { underWay: 'true' } : {}) };
  const asked = useCampaigns(filter);
  const { tell, said } = useSaid();
  const [moving, setMoving] = useState<{ row: CampaignRow; move: CampaignMoveName } | null>(null);
  useLiveCampaigns();
  const stages = campaignStages.filter((stage) => stage !== 'closed' || !underWay);
  const view = query.get('view') === 'timeline' ? 'timeline' : 'board';
  const issue = query.get('new');
  const creating = issue !== null;
  const first = asked.data?.pages[0];
  const rows = asked.data?.pages.flatMap((page) => page.data) ?? [];
  const mayCreate = first?.abilities.create ?? false;
  return (
    <Page>
      <PageHead
        title={say('campaigns.title')}
        tabTitle={say('campaigns.title')}
        lead={say('campaigns.about')}
        primary={
          mayCreate
            ? { label: say('campaigns.new'), icon: Plus, onClick: () => change({ new: '' }) }
            : undefined
        }
        secondary={
          rows.length > 0 && (
            <SegmentedControl
              aria-label={say('campaigns.view')}
              value={view}
              onChange={(value) => change({ view: value === 'timeline' ? value : null })}
              data={[
                { value: 'board', label: say('campaigns.view.board') },
                { value: 'timeline', label: say('campaigns.view.timeline') },
              ]}
            />
          )
        }
      />
      {(rows.length > 0 || isNarrowed) && (me.municipality === null || underWay) && (
        <search className={classes.narrow}>
          {me.municipality === null && (
            <NarrowToMunicipality
              label={say('campaigns.filter.municipality')}
              all={say('campaigns.filter.everywhere')}
              value={municipality}
              onChange={(one) => change({ municipality: one || null })}
            />
          )}
          {underWay && (
            <Button
              variant="default"
              leftSection={<FunnelX size={18} aria-hidden />}
              onClick={() => change({ underWay: null })}
            >
              {say('campaigns.alsoClosed')}
            </Button>
          )}
        </search>
      )}
      {first ? (
        rows.length === 0 && !isNarrowed ? (
          <EmptyState
            icon={Megaphone}
            title={say('campaigns.empty')}
            text={say(mayCreate ? 'campaigns.empty.write' : 'campaigns.empty.read')}
          />
        ) : view === 'timeline' ? (
          <Suspense fallback={<LoadingState />}>
            <Timeline pages={asked.data?.pages ?? []} list={asked} />
          </Suspense>
        ) : (
          <div className={classes.board}>
            {stages.map((stage) => (
              <Column
                key={stage}
                stage={stage}
                filter={filter}
                known={first.data.filter((row) => row.stage === stage)}
                count={first.byStage[stage] ?? 0}
                onMove={mayCreate ? (row, move) => setMoving({ row, move }) : null}
              />
            ))}
          </div>
        )
      ) : asked.error ? (
        <ErrorState error={asked.error} onRetry={() => void asked.refetch()} />
      ) : (
        <LoadingState />
      )}
      <Suspense>
        {moving && (
          <MoveDialog
            key={`${moving.row.id} ${moving.move}`}
            id={moving.row.id}
            move={moving.move}
            onClose={() => setMoving(null)}
            onDone={({ data }) => {
              setMoving(null);
              tell(say('campaigns.moved', { stage: say(`campaigns.stage.${data.stage}`) }));
            }}
          />
        )}
        {creating && mayCreate && (
          <CreateDialog
            issue={issue || null}
            onClose={() => change({ new: null })}
            onDone={({ data }) => void navigate(paths.campaign.href(data.id))}
          />
        )}
      </Suspense>
      {said}
    </Page>
  );
}

/** Where the board's newest are not all of this stage, the column asks for its own and grows alone. */
function Column(props: {
  stage: CampaignStage;
  filter: Parameters<typeof useCampaigns>[0];
  /** Of this stage among the board's newest. */
  known: CampaignRow[];
  /** In all. */
  count: number;
  onMove: ((row: CampaignRow, move: CampaignMoveName) => void) | null;
}) {
  const { say, number } = useSpeech();
  const id = useId();
  const { stage, filter, known, count, onMove } = props;
  const isWhole = known.length >= count;
  const own = useCampaigns({ ...filter, stage }, { enabled: !isWhole });
  const rows = isWhole ? known : (own.data?.pages.flatMap((page) => page.data) ?? known);
  return (
    <section className={classes.column} aria-labelledby={id} data-empty={count === 0 || undefined}>
      <h2 id={id} className={classes.columnHead}>
        <StageWord stage={stage} /> <span className={classes.count}>{number(count)}</span>
      </h2>
      {count === 0 ? (
        <p className={classes.faint}>{say('campaigns.stage.empty')}</p>
      ) : (
        <ul className={classes.cards}>
          {rows.map((row) => (
            <CampaignCard key={row.id} row={row} onMove={onMove && ((move) => onMove(row, move))} />
          ))}
        </ul>
      )}
      {rows.length < count && (
        <div className={classes.further}>
          <span role="status">
            {say('campaigns.shown', { shown: number(rows.length), number: number(count) })}
          </span>
          <MoreButton list={own} aria-label={`${say('common.more')}: ${say(`campaigns.stage.${stage}`)}`} />
        </div>
      )}
      {!isWhole && own.error && (
        <ErrorState error={own.error} onRetry={() => void (own.data ? own.fetchNextPage() : own.refetch())} />
      )}
    </section>
  );
}
