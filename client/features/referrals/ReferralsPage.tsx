// Duty: the workspace of referrals: what is to be answered, in work, to be confirmed, ended; several at once; one's own work as a table.
import { Button } from '@mantine/core';
import { lazy, Suspense, useId, useState } from 'react';
import type { ReferralGroup, ReferralSide } from '../../../shared/referralLists.ts';
import type { ReferralRow } from '../../../shared/referrals.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { useMe } from '../../lib/session.tsx';
import { Download, HeartHandshake } from '../../ui/icons.ts';
import { MoreButton } from '../../ui/MoreButton.tsx';
import { Page } from '../../ui/Page.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { useSaid } from '../../ui/said.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import { BulkBar } from './BulkBar.tsx';
import type { MoveWithFields } from './MoveFields.tsx';
import { ReferralCard } from './ReferralCard.tsx';
import classes from './referrals.module.css';
import { useInbox, useLiveReferrals } from './useReferrals.ts';
import { useWhyUs } from './useWhyUs.ts';

const MoveReferralDialog = lazy(async () => ({
  default: (await import('./MoveReferralDialog.tsx')).MoveReferralDialog,
}));

const ExportDialog = lazy(async () => ({ default: (await import('./ExportDialog.tsx')).ExportDialog }));

const open = ['to_answer', 'in_work', 'to_confirm'] as const;

export function ReferralsPage() {
  const { say } = useSpeech();
  const me = useMe();
  const { tell, said } = useSaid();
  const [selected, setSelected] = useState<ReadonlyMap<string, ReferralRow>>(new Map());
  const [moving, setMoving] = useState<{ row: ReferralRow; move: MoveWithFields } | null>(null);
  const [taking, setTaking] = useState(false);
  const [endedShown, setEndedShown] = useState(false);
  const first = useInbox('to_answer');
  useLiveReferrals((change) => {
    setSelected((before) => {
      if (!before.has(change.id)) return before;
      const after = new Map(before);
      after.delete(change.id);
      return after;
    });
    setMoving((before) => (before?.row.id === change.id ? null : before));
    tell(say('referrals.withdrawn.one'));
  });
  const isPartner = me.role === 'cso_member';
  const groups = first.data?.pages[0]?.groups;
  const none = groups && Object.values(groups).every((count) => count === 0);
  const shared = {
    selected,
    onSelect: (row: ReferralRow, on: boolean) =>
      setSelected((before) => {
        const after = new Map(before);
        if (on) after.set(row.id, row);
        else after.delete(row.id);
        return after;
      }),
    onMove: (row: ReferralRow, move: MoveWithFields) => setMoving({ row, move }),
  };
  return (
    <Page>
      <PageHead
        title={say('referrals.title')}
        tabTitle={say('referrals.title')}
        lead={say(isPartner ? 'referrals.about.partner' : 'referrals.about.sender')}
        secondary={
          !none && (
            <Button
              variant="default"
              leftSection={<Download size={18} aria-hidden />}
              onClick={() => setTaking(true)}
            >
              {say('export.do')}
            </Button>
          )
        }
      />
      {none ? (
        <EmptyState
          icon={HeartHandshake}
          title={say('referrals.empty')}
          text={say(isPartner ? 'referrals.empty.partner' : 'referrals.empty.sender')}
        />
      ) : (
        <div className={classes.groups}>
          {open.map((group) => (
            <Group key={group} group={group} isPartner={isPartner} {...shared} />
          ))}
          {endedShown ? (
            <Group group="ended" isPartner={isPartner} {...shared} />
          ) : (
            (groups?.ended ?? 0) > 0 && (
              <div>
                <Button variant="subtle" onClick={() => setEndedShown(true)}>
                  {say('referrals.ended.show', { count: groups?.ended ?? 0 })}
                </Button>
              </div>
            )
          )}
        </div>
      )}
      {selected.size > 0 && (
        <BulkBar rows={[...selected.values()]} onNone={() => setSelected(new Map())} onSaid={tell} />
      )}
      <Suspense>
        {taking && (
          <ExportDialog
            onClose={() => setTaking(false)}
            onDone={(words) => {
              setTaking(false);
              tell(words);
            }}
          />
        )}
        {moving && (
          <MoveReferralDialog
            key={`${moving.row.id} ${moving.move}`}
            move={moving.move}
            referral={moving.row}
            onClose={() => setMoving(null)}
            onDone={({ data }) => {
              setMoving(null);
              tell(say('referrals.done', { status: say(`referrals.status.${data.status}`) }));
            }}
          />
        )}
      </Suspense>
      {said}
    </Page>
  );
}

interface GroupProps {
  group: ReferralGroup;
  isPartner: boolean;
  selected: ReadonlyMap<string, ReferralRow>;
  onSelect: (row: ReferralRow, on: boolean) => void;
  onMove: (row: ReferralRow, move: MoveWithFields) => void;
}

function Group({ group, isPartner, selected, onSelect, onMove }: GroupProps) {
  const { say, number } = useSpeech();
  const me = useMe();
  const id = useId();
  const whyUs = useWhyUs();
  const asked = useInbox(group);
  const rows = asked.data?.pages.flatMap((page) => page.data) ?? [];
  const total = asked.data?.pages[0]?.total ?? 0;
  const side = (row: ReferralRow): ReferralSide =>
    row.recipient.id === me.organisation ? 'recipient' : 'sender';
  return (
    <section aria-labelledby={id}>
      <div className={classes.groupHead}>
        <h2 id={id}>
          {say(`referrals.group.${isPartner ? 'partner' : 'sender'}.${group}`)}{' '}
          {total > 0 && <span className={classes.count}>{number(total)}</span>}
        </h2>
      </div>
      {asked.data ? (
        rows.length === 0 ? (
          <p className={classes.faint}>{say(`referrals.group.empty.${group}`)}</p>
        ) : (
          <ul className={classes.cards}>
            {rows.map((row) => (
              <ReferralCard
                key={row.id}
                row={row}
                side={side(row)}
                whyUs={side(row) === 'recipient' && group === 'to_answer' ? whyUs(row) : null}
                selected={selected.has(row.id)}
                onSelect={group === 'ended' ? null : (on) => onSelect(row, on)}
                onMove={(move) => onMove(row, move as MoveWithFields)}
              />
            ))}
          </ul>
        )
      ) : asked.error ? (
        <ErrorState error={asked.error} onRetry={() => void asked.refetch()} />
      ) : (
        <LoadingState />
      )}
      <MoreButton list={asked} mt="sm" />
    </section>
  );
}
