// Duty: what the person agreed to, one switch per purpose and organisation: on asks how, off withdraws at once.
import { Button, Switch } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'react-router';
import type {
  CaseConsents,
  ConsentPurpose,
  ConsentRow,
  ShareableField,
} from '../../../shared/consentLists.ts';
import { paths } from '../../app/paths.ts';
import { isUnreachable } from '../../lib/api.ts';
import { useErrorWords } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { Plus, Siren, Volume2 } from '../../ui/icons.ts';
import { ErrorState, LoadingState } from '../../ui/states.tsx';
import { type ConsentLine, isLive, linesOf } from './consentLines.ts';
import { fieldWords } from './fieldWords.ts';
import { OverrideNote } from './OverrideNote.tsx';
import { Panel } from './Panel.tsx';
import classes from './panel.module.css';
import { type ConsentsAnswer, useConsents, useWithdrawConsent } from './useConsents.ts';
import { WithdrawalReceipt } from './WithdrawalReceipt.tsx';

const ConsentDialog = lazy(async () => ({ default: (await import('./ConsentDialog.tsx')).ConsentDialog }));
const NoticeDialog = lazy(async () => ({ default: (await import('./NoticeDialog.tsx')).NoticeDialog }));
const OverrideDialog = lazy(async () => ({ default: (await import('./OverrideDialog.tsx')).OverrideDialog }));

interface Props {
  caseId: string;
  reference: string;
}
type Asking = { purpose: ConsentPurpose; recipient: string | null; fields: ShareableField[] };

export function ConsentPanel({ caseId, reference }: Props) {
  const { say } = useSpeech();
  const asked = useConsents(caseId);
  if (asked.data) return <Loaded caseId={caseId} reference={reference} answer={asked.data} />;
  return (
    <Panel title={say('consent.title')}>
      {asked.error && !isUnreachable(asked.error) ? (
        <ErrorState error={asked.error} onRetry={() => void asked.refetch()} />
      ) : (
        <LoadingState />
      )}
    </Panel>
  );
}

function Loaded({ caseId, reference, answer }: Props & { answer: ConsentsAnswer }) {
  const { say } = useSpeech();
  const words = useErrorWords();
  const { data, abilities } = answer;
  const lines = linesOf(data.consents);
  const [asking, setAsking] = useState<Asking | null>(null);
  const [shown, setShown] = useState<'notice' | 'override' | null>(null);
  const [receipt, setReceipt] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const withdraw = useWithdrawConsent(caseId);
  const end = (consent?: string) =>
    withdraw.mutate(consent, {
      onSuccess: (result) => {
        setSaid(say('consent.withdrawn'));
        if (result.receipt) setReceipt(result.receipt);
      },
    });
  return (
    <Panel
      title={say('consent.title')}
      about={say('consent.about')}
      said={said}
      beside={
        <Button
          variant="subtle"
          leftSection={<Volume2 size={18} aria-hidden />}
          onClick={() => setShown('notice')}
        >
          {say('consent.notice')}
        </Button>
      }
    >
      {data.caseWorkClaimed && (
        <div className={classes.claimed}>
          <p>{say('consent.claimed')}</p>
          {abilities.give && (
            <Button
              variant="light"
              onClick={() => setAsking({ purpose: 'case_work', recipient: null, fields: [] })}
            >
              {say('consent.claimed.record')}
            </Button>
          )}
        </div>
      )}
      {data.guardianNeeded && <p>{say('consent.guardianNeeded')}</p>}
      <FormError words={withdraw.error ? words(withdraw.error) : null} />
      {receipt && <WithdrawalReceipt code={receipt} reference={reference} onPut={() => setReceipt(null)} />}
      <ul className={classes.lines}>
        {lines.map((line) => (
          <Line
            key={`${line.purpose} ${line.recipient?.id ?? ''}`}
            line={line}
            mayGive={abilities.give}
            mayWithdraw={abilities.withdraw}
            busy={withdraw.isPending}
            onGive={() =>
              setAsking({
                purpose: line.purpose,
                recipient: line.recipient?.id ?? null,
                fields: line.newest?.fields ?? [],
              })
            }
            onWithdraw={() => end(line.newest?.id)}
          />
        ))}
      </ul>
      <div className={classes.actions}>
        {abilities.give && (
          <Button
            variant="light"
            leftSection={<Plus size={18} aria-hidden />}
            onClick={() => setAsking({ purpose: 'referral', recipient: null, fields: [] })}
          >
            {say('consent.addReferral')}
          </Button>
        )}
        {abilities.withdraw && lines.filter(isLive).length > 1 && (
          <Button variant="default" loading={withdraw.isPending} onClick={() => end()}>
            {say('consent.withdrawAll')}
          </Button>
        )}
        {abilities.override && (
          <Button
            variant="subtle"
            color="alarm"
            leftSection={<Siren size={18} aria-hidden />}
            onClick={() => setShown('override')}
          >
            {say('override.do')}
          </Button>
        )}
      </div>
      {data.overrides.map((override) => (
        <OverrideNote key={override.id} override={override} />
      ))}
      <History consents={data.consents} />
      <Link to={paths.withdrawals.href()} className={classes.paperLink}>
        {say('consent.paper.title')}
      </Link>
      <Suspense>
        {asking && (
          <ConsentDialog
            caseId={caseId}
            asking={asking}
            guardianNeeded={data.guardianNeeded}
            onClose={() => setAsking(null)}
            onDone={() => {
              setAsking(null);
              setReceipt(null);
              setSaid(say('consent.saved'));
            }}
          />
        )}
        {shown === 'notice' && <NoticeDialog reference={reference} onClose={() => setShown(null)} />}
        {shown === 'override' && (
          <OverrideDialog
            caseId={caseId}
            onClose={() => setShown(null)}
            onDone={() => {
              setShown(null);
              setSaid(say('override.done'));
            }}
          />
        )}
      </Suspense>
    </Panel>
  );
}

interface LineProps {
  line: ConsentLine;
  mayGive: boolean;
  mayWithdraw: boolean;
  busy: boolean;
  onGive: () => void;
  onWithdraw: () => void;
}

function Line({ line, mayGive, mayWithdraw, busy, onGive, onWithdraw }: LineProps) {
  const { say, date, list } = useSpeech();
  const live = isLive(line);
  const purpose = say(`consent.purpose.${line.purpose}`);
  const title = line.recipient ? say('consent.toWhom', { purpose, name: line.recipient.name }) : purpose;
  const standing = say(`consent.standing.${line.newest?.standing ?? 'none'}`);
  return (
    <li className={classes.line}>
      <div className={classes.lineWords}>
        <p className={classes.lineTitle}>{title}</p>
        <p className={classes.faint}>
          {line.newest && line.newest.fields.length > 0
            ? list(line.newest.fields.map((field) => fieldWords(say, field)))
            : say(`consent.purpose.${line.purpose}.about`)}
        </p>
        <p>
          {live ? `${standing}, ${say('consent.until', { date: date(line.newest!.expiresOn) })}` : standing}
        </p>
      </div>
      <Switch
        checked={live}
        disabled={busy || (live ? !mayWithdraw : !mayGive)}
        aria-label={say('consent.switch', { purpose: title })}
        onChange={() => (live ? onWithdraw() : onGive())}
      />
    </li>
  );
}

function History({ consents }: { consents: CaseConsents['consents'] }) {
  const { say } = useSpeech();
  const ended = consents.filter(({ standing }) => standing !== 'live');
  if (ended.length === 0) return null;
  return (
    <details className={classes.history}>
      <summary>{say('consent.history')}</summary>
      <ul>
        {ended.map((consent) => (
          <HistoryLine key={consent.id} consent={consent} />
        ))}
      </ul>
    </details>
  );
}

function HistoryLine({ consent }: { consent: ConsentRow }) {
  const { say, date } = useSpeech();
  const purpose = say(`consent.purpose.${consent.purpose}`);
  return (
    <li>
      {say('consent.history.line', {
        purpose: consent.recipient
          ? say('consent.toWhom', { purpose, name: consent.recipient.name })
          : purpose,
        form: say(`consent.form.${consent.form}`),
        giver: say(`consent.givenBy.${consent.givenBy}`),
        asker: consent.askedBy?.name ?? say('common.nobody'),
        date: date(consent.givenOn),
      })}
      {' · '}
      <strong>{say(`consent.standing.${consent.standing}`)}</strong>
      {consent.withdrawnAt && ` (${date(consent.withdrawnAt)})`}
    </li>
  );
}
