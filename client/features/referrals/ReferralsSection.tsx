// Duty: the chain of referrals on a case page: where each stands, what the sender does next, what happened.
import { Button } from '@mantine/core';
import { lazy, Suspense, useId, useState } from 'react';
import { Link } from 'react-router';
import { newId } from '../../../shared/ids.ts';
import type { ReceivedAnswer, ReferralMoveName } from '../../../shared/referralLists.ts';
import type { ReferralAnswer, ReferralRow } from '../../../shared/referrals.ts';
import { paths } from '../../app/paths.ts';
import { ApiError, isGone } from '../../lib/api.ts';
import { useErrorWords } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { CornerUpRight } from '../../ui/icons.ts';
import { ErrorState, LoadingState } from '../../ui/states.tsx';
import { useGlow } from '../../ui/useGlow.ts';
import { RelativeTime } from '../../ui/words.tsx';
import { LinkOnce } from './LinkOnce.tsx';
import type { MoveWithFields } from './MoveFields.tsx';
import { ReferralHistory } from './ReferralHistory.tsx';
import classes from './referrals.module.css';
import { useReferralSlots } from './slots.tsx';
import {
  type OneAnswer,
  useChain,
  useLiveReferrals,
  useMoveReferral,
  useReferral,
  useRenewLink,
} from './useReferrals.ts';
import { DueWord, draftHref, ReferralStatusWord, workerOf } from './words.tsx';

const MoveReferralDialog = lazy(async () => ({
  default: (await import('./MoveReferralDialog.tsx')).MoveReferralDialog,
}));

export function ReferralsSection({ caseId }: { caseId: string; reference: string }) {
  const { say } = useSpeech();
  const id = useId();
  const asked = useChain(caseId);
  useLiveReferrals();
  // A partner that was asked reads the referral, not the chain.
  if (asked.error && isGone(asked.error)) return null;
  const rows = asked.data?.data ?? [];
  return (
    <section className={`${classes.box} no-print`} aria-labelledby={id}>
      <div className={classes.boxHead}>
        <h2 id={id} className={classes.boxTitle}>
          {say('referrals.title')}
        </h2>
        {asked.data?.abilities.refer && (
          <Button
            component={Link}
            to={paths.refer.href(caseId)}
            variant="light"
            leftSection={<CornerUpRight size={18} aria-hidden />}
          >
            {say('referrals.refer')}
          </Button>
        )}
      </div>
      {asked.data ? (
        rows.length === 0 ? (
          <p className={classes.faint}>{say('referrals.chain.empty')}</p>
        ) : (
          <ol className={classes.chain}>
            {rows.toReversed().map((row) => (
              <ChainItem key={row.id} row={row} />
            ))}
          </ol>
        )
      ) : asked.error ? (
        <ErrorState error={asked.error} onRetry={() => void asked.refetch()} />
      ) : (
        <LoadingState />
      )}
    </section>
  );
}

function ChainItem({ row }: { row: ReferralRow }) {
  const { say } = useSpeech();
  const glow = useGlow(row.version);
  const worker = workerOf(row);
  const { data: answer } = useReferral(row.id);
  return (
    <li className={`${classes.chainItem} ${glow ?? ''}`}>
      <p className={classes.chainTitle}>
        <Link to={paths.referral.href(row.id)} className={classes.textLink}>
          {row.recipient.name}
        </Link>
        <span>{say(`service.${row.service}`)}</span>
        {row.kind === 'transfer' && <span className={classes.pill}>{say('referrals.kind.transfer')}</span>}
      </p>
      <p className={classes.cardFacts}>
        <ReferralStatusWord row={row} />
        <DueWord row={row} />
        {!row.dueOn && (
          <span className={classes.faint}>
            <RelativeTime when={row.changedAt} />
          </span>
        )}
      </p>
      {worker && <p className={classes.faint}>{say('referrals.worker', { name: worker })}</p>}
      {answer && <SenderSide answer={answer} />}
    </li>
  );
}

/** What the sender's side reads of it and may do with it, without leaving the case. */
function SenderSide({ answer }: { answer: OneAnswer }) {
  const { say } = useSpeech();
  const words = useErrorWords();
  const { data: referral, abilities } = answer;
  const { AskConsent } = useReferralSlots();
  const move = useMoveReferral(referral.id);
  const renew = useRenewLink(referral.id);
  const [dialog, setDialog] = useState<MoveWithFields | null>(null);
  const [received, setReceived] = useState<ReceivedAnswer | null>(null);
  const [link, setLink] = useState<ReferralAnswer['link'] | null>(null);
  const [asking, setAsking] = useState(false);
  const done = (result: ReferralAnswer) => {
    setDialog(null);
    if (result.link) setLink(result.link);
  };
  const direct = (name: 'send' | 'resend') =>
    move.mutate(
      name === 'send'
        ? { move: 'send', version: referral.version }
        : { move: 'resend', id: newId(), version: referral.version },
      { onSuccess: done },
    );
  const confirm = (answerGiven: ReceivedAnswer) => {
    if (answerGiven === 'yes')
      move.mutate({ move: 'confirm', received: 'yes', version: referral.version }, { onSuccess: done });
    else {
      setReceived(answerGiven);
      setDialog('confirm');
    }
  };
  const error = move.error ?? renew.error;
  const lacksConsent =
    error instanceof ApiError &&
    error.faults.some(({ code }) => code === 'no_live_consent' || code === 'not_consented');
  const next = referral.suggestedOrganisation ?? referral.recipient;
  const may = (name: ReferralMoveName) => abilities[name];
  return (
    <>
      {referral.declineReason && (
        <p className={classes.faint}>{say(`referrals.declined.${referral.declineReason}`)}</p>
      )}
      {referral.suggestedOrganisation && (
        <p>{say('referrals.suggests', { name: referral.suggestedOrganisation.name })}</p>
      )}
      {referral.given && <p className={classes.reason}>{referral.given}</p>}
      <FormError
        words={error ? [words(error), lacksConsent ? say('fault.no_live_consent') : ''].join(' ') : null}
      />
      {may('confirm') && (
        <fieldset className={classes.confirm}>
          <legend>{say('referrals.confirm.ask')}</legend>
          {(['yes', 'partly', 'no'] as const).map((value) => (
            <Button
              key={value}
              variant={value === 'yes' ? 'light' : 'default'}
              loading={move.isPending && value === 'yes'}
              onClick={() => confirm(value)}
            >
              {say(`referrals.confirm.${value}`)}
            </Button>
          ))}
        </fieldset>
      )}
      <div className={classes.cardFoot}>
        {may('send') && (
          <Button loading={move.isPending} onClick={() => direct('send')}>
            {say('referrals.move.send')}
          </Button>
        )}
        {abilities.revise && (
          <Button component={Link} to={draftHref(referral)} variant="default">
            {say('referrals.draft.change')}
          </Button>
        )}
        {may('resend') && (
          <Button
            className={classes.wrap}
            variant="light"
            loading={move.isPending}
            onClick={() => direct('resend')}
          >
            {referral.suggestedOrganisation
              ? say('referrals.askSuggested', { name: next.name })
              : say('referrals.move.resend')}
          </Button>
        )}
        {may('resend') && referral.caseId && (
          <Button component={Link} to={paths.refer.href(referral.caseId)} variant="default">
            {say('referrals.askAnother')}
          </Button>
        )}
        {lacksConsent && AskConsent && (
          <Button className={classes.wrap} variant="default" onClick={() => setAsking(true)}>
            {say('referrals.ask.consent', { name: next.name })}
          </Button>
        )}
        {abilities.renewLink && (
          <Button
            variant="default"
            loading={renew.isPending}
            onClick={() => renew.mutate(undefined, { onSuccess: done })}
          >
            {say('referrals.link.renew')}
          </Button>
        )}
        {may('recall') && (
          <Button variant="subtle" color="alarm" onClick={() => setDialog('recall')}>
            {say('referrals.move.recall')}
          </Button>
        )}
      </div>
      {link && (
        <LinkOnce
          link={link}
          reference={referral.reference}
          recipient={next.name}
          service={referral.service}
          sharedFields={referral.sharedFields}
          message={referral.message}
          replyBy={referral.replyBy}
          onPut={() => setLink(null)}
        />
      )}
      <details className={classes.details}>
        <summary>{say('case.page.history')}</summary>
        <ReferralHistory history={referral.history} />
      </details>
      <Suspense>
        {dialog && (
          <MoveReferralDialog
            key={dialog}
            move={dialog}
            referral={referral}
            given={received ? { received } : {}}
            onClose={() => setDialog(null)}
            onDone={done}
          />
        )}
        {asking && AskConsent && referral.caseId && (
          <AskConsent
            caseId={referral.caseId}
            recipient={next.id}
            onDone={() => {
              setAsking(false);
              move.reset();
            }}
            onClose={() => setAsking(false)}
          />
        )}
      </Suspense>
    </>
  );
}
