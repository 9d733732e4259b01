// Duty: one case, whole: loads it, keeps it fresh, lays out its sections. Each section is a file of its own.
import { Button } from '@mantine/core';
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { useLocation, useParams } from 'react-router';
import type { CaseMoveName } from '../../../shared/caseMoves.ts';
import { paths } from '../../app/paths.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { useColleagues } from '../../lib/places.ts';
import { useMe } from '../../lib/session.tsx';
import { Asked } from '../../ui/Asked.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { X } from '../../ui/icons.ts';
import { PartBoundary } from '../../ui/PartBoundary.tsx';
import { useSaid } from '../../ui/said.tsx';
import { useGlow } from '../../ui/useGlow.ts';
import { BackButton, BackLink } from '../../ui/wayBack.tsx';
import { AboutSection } from './AboutSection.tsx';
import { CaseHead } from './CaseHead.tsx';
import { EvidenceSection } from './EvidenceSection.tsx';
import { HistorySection } from './HistorySection.tsx';
import { NotesSection } from './NotesSection.tsx';
import { PeopleSection } from './PeopleSection.tsx';
import { PlaceSection } from './PlaceSection.tsx';
import { PlanSection } from './PlanSection.tsx';
import classes from './page.module.css';
import { usePresence } from './presence.ts';
import { ReceiptCard } from './ReceiptCard.tsx';
import { StorySection } from './StorySection.tsx';
import { useCaseSlots } from './slots.tsx';
import { type CaseAnswer, useCase, useLiveCase } from './useCases.ts';

const MoveDialog = lazy(async () => ({ default: (await import('./MoveDialog.tsx')).MoveDialog }));
const AssignDialog = lazy(async () => ({ default: (await import('./AssignDialog.tsx')).AssignDialog }));

export function CasePage() {
  const { id = '' } = useParams();
  const { search } = useLocation();
  const { say } = useSpeech();
  const href = { pathname: paths.cases.href(), search };
  return (
    <CaseView
      key={id}
      id={id}
      wayBack={
        <div className={classes.back}>
          <BackLink to={href}>{say('case.cases')}</BackLink>
        </div>
      }
      wayOut={<BackButton to={href}>{say('case.page.toList')}</BackButton>}
    />
  );
}

/** A case beside something else, such as the map. */
export function CaseBeside({ id, onClose }: { id: string; onClose: () => void }) {
  const { say } = useSpeech();
  return (
    <CaseView
      key={id}
      id={id}
      wayBack={
        <div className="no-print">
          <Button
            variant="subtle"
            size="sm"
            onClick={onClose}
            leftSection={<X size={18} aria-hidden />}
            data-autofocus
          >
            {say('common.close')}
          </Button>
        </div>
      }
      wayOut={
        <Button onClick={onClose} variant="default">
          {say('common.close')}
        </Button>
      }
    />
  );
}

interface ViewProps {
  id: string;
  /** Above the case. */
  wayBack: ReactNode;
  /** Offered when the case cannot be shown. */
  wayOut: ReactNode;
}

function CaseView({ id, wayBack, wayOut }: ViewProps) {
  const { say } = useSpeech();
  return (
    <Asked
      asked={useCase(id)}
      gone={{ title: say('case.page.gone'), text: say('case.page.goneHint') }}
      wayOut={wayOut}
    >
      {(answer) => <Opened answer={answer} wayBack={wayBack} />}
    </Asked>
  );
}

function Opened({ answer, wayBack }: { answer: CaseAnswer; wayBack: ReactNode }) {
  const { say, speaker, date } = useSpeech();
  const me = useMe();
  const { data: caseFile, abilities } = answer;
  const { data: colleagues = [] } = useColleagues();
  const { tell, said } = useSaid();
  const presence = usePresence(caseFile.id);
  const {
    ConsentPanel,
    IdentityPanel,
    IssueSection,
    LettersSection,
    ReferralsSection,
    CampaignSection,
    ReadersPanel,
    RetentionPanel,
    WithdrawalReceipt,
  } = useCaseSlots();
  const glow = useGlow(caseFile.version);
  const head = useRef<HTMLDivElement>(null);
  const [move, setMove] = useState<CaseMoveName | null>(null);
  const [receipt, setReceipt] = useState<string | null>(null);
  const [assigning, setAssigning] = useState(false);
  useLiveCase(caseFile.id, (change) => {
    if (change.actor === me.id) return;
    const name = colleagues.find((one) => one.id === change.actor)?.name;
    tell(name ? say('case.page.changedBy', { name }) : say('case.page.changed'));
  });
  // Opening a case, and a move that took away its own button, both leave the reader at the head.
  const focusHead = () => head.current?.focus({ preventScroll: true });
  useEffect(() => {
    if (!document.activeElement?.matches('a[data-case]')) head.current?.focus({ preventScroll: true });
  }, []);
  const section = { caseFile, presence, onSaid: tell };
  return (
    <article className={classes.page}>
      {wayBack}
      <ReceiptCard caseId={caseFile.id} reference={caseFile.reference} />
      {receipt && WithdrawalReceipt && (
        <Suspense>
          <WithdrawalReceipt code={receipt} reference={caseFile.reference} onPut={() => setReceipt(null)} />
        </Suspense>
      )}
      <div ref={head} tabIndex={-1} className={`${classes.headBox} ${glow ?? ''}`}>
        <CaseHead
          caseFile={caseFile}
          abilities={abilities}
          others={presence.others}
          onMove={setMove}
          onAssign={() => setAssigning(true)}
        />
      </div>
      {caseFile.anonymisedAt && (
        <p className={classes.anonymised}>
          {say('case.anonymised.on', { day: date(caseFile.anonymisedAt) })}
        </p>
      )}
      <div className={classes.columns}>
        <div className={classes.main}>
          {!caseFile.anonymisedAt && (
            <>
              <StorySection {...section} may={abilities.edit} />
              <PlanSection caseFile={caseFile} may={abilities.plan} onSaid={tell} />
              <EvidenceSection caseFile={caseFile} abilities={abilities} onSaid={tell} />
              <NotesSection caseFile={caseFile} may={abilities.note} onSaid={tell} />
            </>
          )}
          <PartBoundary instead={<p className={classes.faint}>{say('error.network')}</p>}>
            <Suspense>
              <div className={`${classes.main} no-print`}>
                {IssueSection && <IssueSection caseId={caseFile.id} reference={caseFile.reference} />}
                {ReferralsSection && <ReferralsSection caseId={caseFile.id} reference={caseFile.reference} />}
                {LettersSection && (
                  <LettersSection
                    caseId={caseFile.id}
                    reference={caseFile.reference}
                    waitsOnAuthority={caseFile.waitingOn?.party === 'authority'}
                  />
                )}
                {CampaignSection && <CampaignSection caseId={caseFile.id} reference={caseFile.reference} />}
                {ConsentPanel && <ConsentPanel caseId={caseFile.id} reference={caseFile.reference} />}
                {IdentityPanel && <IdentityPanel caseId={caseFile.id} reference={caseFile.reference} />}
              </div>
            </Suspense>
          </PartBoundary>
        </div>
        <div className={classes.side}>
          <PeopleSection {...section} may={abilities.edit} />
          <PlaceSection {...section} may={abilities.edit} />
          <AboutSection {...section} may={abilities.edit} />
          <HistorySection history={caseFile.history} />
          <Suspense>
            {RetentionPanel && <RetentionPanel caseId={caseFile.id} reference={caseFile.reference} />}
            {ReadersPanel && <ReadersPanel caseId={caseFile.id} reference={caseFile.reference} />}
          </Suspense>
        </div>
      </div>
      <PartBoundary key={move ?? `${assigning}`} instead={<FormError words={say('error.network')} />}>
        <Suspense>
          {move && (
            <MoveDialog
              key={move}
              move={move}
              caseFile={caseFile}
              onClose={() => setMove(null)}
              onDone={({ data: { status }, receipt: code }) => {
                setMove(null);
                if (code) setReceipt(code);
                tell(
                  say('case.move.done', {
                    move: say(`case.move.${move}`),
                    status: speaker.say(`status.${status}`),
                  }),
                );
                setTimeout(focusHead, 150);
              }}
            />
          )}
          {assigning && (
            <AssignDialog
              caseFile={caseFile}
              onClose={() => setAssigning(false)}
              onDone={(name) => {
                setAssigning(false);
                tell(say('case.assign.done', { name }));
              }}
            />
          )}
        </Suspense>
      </PartBoundary>
      {said}
    </article>
  );
}
