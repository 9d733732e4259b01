// Duty: the head, the shared fields, the facts and the history of one referral, and the dialogs its buttons open.
import { Button, Menu } from '@mantine/core';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { Link } from 'react-router';
import { newId } from '../../../shared/ids.ts';
import { referralPaths } from '../../../shared/referralPaths.ts';
import type { ReferralAnswer, ReferralPage } from '../../../shared/referrals.ts';
import { useErrorWords } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { usePlaceName } from '../../lib/places.ts';
import { useMe } from '../../lib/session.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { ChevronDown } from '../../ui/icons.ts';
import { PageHead } from '../../ui/PageHead.tsx';
import { useSaid } from '../../ui/said.tsx';
import { ThemeMark } from '../../ui/ThemeMark.tsx';
import { useGlow } from '../../ui/useGlow.ts';
import { CaseLink, ExampleBadge, RelativeTime } from '../../ui/words.tsx';
import { LinkOnce } from './LinkOnce.tsx';
import type { MoveWithFields } from './MoveFields.tsx';
import { Box, Facts } from './ReferralFacts.tsx';
import { ReferralHistory } from './ReferralHistory.tsx';
import classes from './referrals.module.css';
import { SharedFields } from './SharedFields.tsx';
import { type OneAnswer, openShared, useMoveReferral, useRenewLink } from './useReferrals.ts';
import { draftHref } from './words.tsx';

const MoveReferralDialog = lazy(async () => ({
  default: (await import('./MoveReferralDialog.tsx')).MoveReferralDialog,
}));
const OutcomeDialog = lazy(async () => ({ default: (await import('./OutcomeDialog.tsx')).OutcomeDialog }));

/** The one that carries the work forward first. `send`, `resend` and links need no dialog. */
const order: (MoveWithFields | 'send' | 'resend')[] = [
  'accept',
  'begin',
  'complete',
  'confirm',
  'send',
  'resend',
  'decline',
  'fail',
  'reroute',
  'recall',
];

export function ReferralView({ answer }: { answer: OneAnswer }) {
  const { say } = useSpeech();
  const me = useMe();
  const words = useErrorWords();
  const { data: referral, abilities } = answer;
  const { tell, said } = useSaid();
  const [dialog, setDialog] = useState<MoveWithFields | 'outcome' | null>(null);
  const [link, setLink] = useState<ReferralAnswer['link'] | null>(null);
  const direct = useMoveReferral(referral.id);
  const renew = useRenewLink(referral.id);
  const glow = useGlow(referral.version);
  const isRecipient = me.organisation === referral.recipient.id;
  const moves = order.filter((move) => abilities[move]);
  const [primary, ...others] = moves;
  const done = (result: ReferralAnswer) => {
    setDialog(null);
    if (result.link) setLink(result.link);
    tell(say('referrals.done', { status: say(`referrals.status.${result.data.status}`) }));
  };
  const act = (move: (typeof order)[number]) => {
    if (move === 'send') direct.mutate({ move, version: referral.version }, { onSuccess: done });
    else if (move === 'resend')
      direct.mutate({ move, id: newId(), version: referral.version }, { onSuccess: done });
    else setDialog(move);
  };
  const error = direct.error ?? renew.error;
  const menu: ReactNode[] = [
    ...(abilities.revise
      ? [
          <Menu.Item key="revise" component={Link} to={draftHref(referral)}>
            {say('referrals.draft.change')}
          </Menu.Item>,
        ]
      : []),
    ...others.map((move) => (
      <Menu.Item key={move} onClick={() => act(move)}>
        {say(`referrals.move.${move}`)}
      </Menu.Item>
    )),
    ...(abilities.resolveCase && primary
      ? [
          <Menu.Item key="outcome" onClick={() => setDialog('outcome')}>
            {say('referrals.outcome')}
          </Menu.Item>,
        ]
      : []),
    ...(abilities.renewLink
      ? [
          <Menu.Item key="link" onClick={() => renew.mutate(undefined, { onSuccess: done })}>
            {say('referrals.link.renew')}
          </Menu.Item>,
        ]
      : []),
  ];
  return (
    <article className={glow}>
      <PageHead
        title={say(`service.${referral.service}`)}
        tabTitle={referral.reference}
        lead={<Subline referral={referral} />}
        primary={
          primary
            ? {
                label: say(`referrals.move.${primary}`),
                onClick: () => act(primary),
                loading: direct.isPending,
              }
            : abilities.resolveCase
              ? { label: say('referrals.outcome'), onClick: () => setDialog('outcome') }
              : undefined
        }
        secondary={
          menu.length > 0 && (
            <Menu position="bottom-end">
              <Menu.Target>
                <Button variant="default" rightSection={<ChevronDown size={18} aria-hidden />}>
                  {say('referrals.more')}
                </Button>
              </Menu.Target>
              <Menu.Dropdown>{menu}</Menu.Dropdown>
            </Menu>
          )
        }
      />
      <FormError words={error ? words(error) : null} />
      {link && (
        <LinkOnce
          link={link}
          reference={referral.reference}
          recipient={referral.recipient.name}
          service={referral.service}
          sharedFields={referral.sharedFields}
          message={referral.message}
          replyBy={referral.replyBy}
          onPut={() => setLink(null)}
        />
      )}
      <div className={classes.columns}>
        <div className={classes.main}>
          {referral.message && (
            <Box title={say('referrals.message')}>
              <p className={classes.prose}>{referral.message}</p>
            </Box>
          )}
          <Box title={say(isRecipient ? 'referrals.shared.title' : 'referrals.shared.theirs')}>
            <SharedFields
              status={referral.status}
              sharedFields={referral.sharedFields}
              shared={referral.shared}
              municipality={referral.municipality}
              evidenceHref={(evidence) => referralPaths.evidence(referral.id, evidence)}
              thumbnailHref={(evidence) => referralPaths.thumbnail(referral.id, evidence)}
              open={
                abilities.openIdentity ? (reason, fields) => openShared(referral.id, reason, fields) : null
              }
            />
          </Box>
          {referral.given && (
            <Box title={say('referrals.given')}>
              <p className={classes.prose}>{referral.given}</p>
              {referral.givenOn && (
                <p className={classes.faint}>
                  <RelativeTime when={referral.givenOn} />
                </p>
              )}
            </Box>
          )}
        </div>
        <div className={classes.side}>
          <Facts referral={referral} abilities={abilities} />
          <Box title={say('case.page.history')}>
            <ReferralHistory history={referral.history} />
          </Box>
        </div>
      </div>
      <Suspense>
        {dialog === 'outcome' && (
          <OutcomeDialog
            referral={referral}
            onClose={() => setDialog(null)}
            onDone={() => {
              setDialog(null);
              tell(say('referrals.outcome.done'));
            }}
          />
        )}
        {dialog && dialog !== 'outcome' && (
          <MoveReferralDialog
            key={dialog}
            move={dialog}
            referral={referral}
            onClose={() => setDialog(null)}
            onDone={done}
          />
        )}
      </Suspense>
      {said}
    </article>
  );
}

function Subline({ referral }: { referral: ReferralPage }) {
  const { say } = useSpeech();
  const placeName = usePlaceName();
  return (
    <span className={classes.subline}>
      {referral.caseId ? (
        <CaseLink id={referral.caseId} reference={referral.reference} />
      ) : (
        <span className={classes.reference}>{referral.reference}</span>
      )}
      <ThemeMark theme={referral.theme} />
      <span>{placeName(referral.municipality)}</span>
      {referral.kind === 'transfer' && <span className={classes.pill}>{say('referrals.kind.transfer')}</span>}
      {referral.example && <ExampleBadge />}
    </span>
  );
}
