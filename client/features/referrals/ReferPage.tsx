// Duty: refer a case: waits for the case, shows the form, and afterwards what was sent or the link to pass on. Fields: ReferForm.
import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import type { CasePage } from '../../../shared/caseViews.ts';
import type { ReferralAnswer, ReferralPage } from '../../../shared/referrals.ts';
import { paths } from '../../app/paths.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { usePlaceName } from '../../lib/places.ts';
import { Send } from '../../ui/icons.ts';
import { Page } from '../../ui/Page.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import { ThemeMark } from '../../ui/ThemeMark.tsx';
import { BackLink } from '../../ui/wayBack.tsx';
import { ExampleBadge } from '../../ui/words.tsx';
import { LinkOnce } from './LinkOnce.tsx';
import { ReferForm } from './ReferForm.tsx';
import classes from './referrals.module.css';
import { useReferral, useReferredCase } from './useReferrals.ts';

export function ReferPage() {
  const { caseId = '' } = useParams();
  const { say } = useSpeech();
  const draftId = useSearchParams()[0].get('draft');
  const asked = useReferredCase(caseId);
  const draft = useReferral(draftId ?? '', draftId !== null);
  const [sent, setSent] = useState<ReferralAnswer | null>(null);
  const toCase = (
    <Button component={Link} to={paths.case.href(caseId)} variant={sent ? 'filled' : 'default'}>
      {say('referrals.toCase')}
    </Button>
  );
  return (
    <Page>
      <BackLink to={paths.case.href(caseId)}>{asked.data?.reference ?? say('case.cases')}</BackLink>
      {sent ? (
        <Sent answer={sent} action={toCase} />
      ) : asked.data && (!draftId || draft.data) ? (
        <Asking
          key={draftId ?? ''}
          caseFile={asked.data}
          draft={draft.data?.abilities.revise ? draft.data.data : null}
          onSent={setSent}
        />
      ) : (asked.error ?? draft.error) ? (
        <ErrorState
          whole
          error={asked.error ?? draft.error}
          onRetry={() => void (asked.error ? asked : draft).refetch()}
          action={toCase}
        />
      ) : (
        <LoadingState />
      )}
    </Page>
  );
}

interface AskingProps {
  caseFile: CasePage;
  draft: ReferralPage | null;
  onSent: (answer: ReferralAnswer) => void;
}

function Asking({ caseFile, draft, onSent }: AskingProps) {
  const { say } = useSpeech();
  const placeName = usePlaceName();
  return (
    <>
      <PageHead
        title={say(draft ? 'referrals.draft.title' : 'referrals.refer')}
        tabTitle={`${say(draft ? 'referrals.draft.title' : 'referrals.refer')} ${caseFile.reference}`}
        lead={
          <span className={classes.subline}>
            <span className={classes.reference}>{caseFile.reference}</span>
            <span>{caseFile.title}</span>
            <ThemeMark theme={caseFile.theme} />
            <span>{placeName(caseFile.municipality)}</span>
            {caseFile.example && <ExampleBadge />}
          </span>
        }
      />
      <ReferForm caseFile={caseFile} draft={draft} onSent={onSent} />
    </>
  );
}

function Sent({ answer, action }: { answer: ReferralAnswer; action: ReactNode }) {
  const { say, date } = useSpeech();
  const { data: referral, link, warnings = [] } = answer;
  const [put, setPut] = useState(false);
  const isDraft = referral.status === 'draft';
  const name = referral.recipient.name;
  return (
    <div role="status" className={classes.sent}>
      {link && !put && (
        <LinkOnce
          link={link}
          reference={referral.reference}
          recipient={name}
          service={referral.service}
          sharedFields={referral.sharedFields}
          message={referral.message}
          replyBy={referral.replyBy}
          onPut={() => setPut(true)}
        />
      )}
      <EmptyState
        whole
        icon={Send}
        title={say(isDraft ? 'referrals.sent.draft' : 'referrals.sent', { name })}
        text={
          isDraft
            ? say('referrals.sent.draftText')
            : say('referrals.sent.text', { date: date(referral.replyBy) })
        }
        action={action}
      />
      {warnings.length > 0 && (
        <ul className={classes.warnings}>
          {warnings.map(({ code, path }) => (
            <li key={`${path.join('.')} ${code}`}>
              {code === 'not_their_theme' ||
              code === 'not_their_service' ||
              code === 'not_their_municipality' ||
              code === 'over_capacity'
                ? say(`referrals.warning.${code}`)
                : say('case.warn.advice', { what: say(`case.warn.${code}`) })}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
