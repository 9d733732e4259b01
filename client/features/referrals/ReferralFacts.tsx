// Duty: the facts of a referral in a box, and the box itself. The head, the fields and the dialogs: ReferralView.
import { Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { Link } from 'react-router';
import type { ReferralAbility, ReferralPage } from '../../../shared/referrals.ts';
import { paths } from '../../app/paths.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { RelativeTime } from '../../ui/words.tsx';
import classes from './referrals.module.css';
import { DueWord, ReferralStatusWord, workerOf } from './words.tsx';

export function Box({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className={classes.box} aria-labelledby={id}>
      <Title order={2} id={id} className={classes.boxTitle}>
        {title}
      </Title>
      {children}
    </section>
  );
}

export function Facts({
  referral,
  abilities,
}: {
  referral: ReferralPage;
  abilities: Record<ReferralAbility, boolean>;
}) {
  const { say } = useSpeech();
  const worker = workerOf(referral);
  const fact = (word: string, value: ReactNode) =>
    value && (
      <div>
        <dt>{word}</dt>
        <dd>{value}</dd>
      </div>
    );
  return (
    <Box title={say('referrals.facts')}>
      <dl className={classes.facts}>
        {fact(
          say('case.status'),
          <>
            <ReferralStatusWord row={referral} />
            <br />
            <DueWord row={referral} />
          </>,
        )}
        {fact(say('referrals.fact.urgency'), say(`referrals.urgency.${referral.urgency}`))}
        {fact(say('referrals.fact.from'), referral.sender.name || say('common.nobody'))}
        {fact(say('referrals.fact.to'), referral.recipient.name)}
        {fact(say('referrals.fact.worker'), worker)}
        {fact(
          say('referrals.fact.firstContact'),
          referral.firstContactOn && <RelativeTime when={referral.firstContactOn} />,
        )}
        {fact(
          say('referrals.fact.declined'),
          referral.declineReason && say(`referrals.declined.${referral.declineReason}`),
        )}
        {fact(say('referrals.fact.suggested'), referral.suggestedOrganisation?.name)}
        {fact(say('referrals.fact.caseStatus'), say(`status.${referral.caseStatus}`))}
        {fact(
          say('referrals.fact.chain'),
          (referral.before || referral.after) && (
            <>
              {referral.before && (
                <Link to={paths.referral.href(referral.before)} className={classes.textLink}>
                  {say('referrals.chain.before')}
                </Link>
              )}{' '}
              {referral.after && (
                <Link to={paths.referral.href(referral.after)} className={classes.textLink}>
                  {say('referrals.chain.after')}
                </Link>
              )}
            </>
          ),
        )}
      </dl>
      {abilities.resend && referral.caseId && !referral.suggestedOrganisation && (
        <Link to={paths.refer.href(referral.caseId)} className={classes.textLink}>
          {say('referrals.askAnother')}
        </Link>
      )}
    </Box>
  );
}
