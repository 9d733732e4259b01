// Duty: logging a case, one question a step; the URL holds draft and step, so Back goes back a step and never loses anything.
import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { newId } from '../../../../shared/ids.ts';
import { paths } from '../../../app/paths.ts';
import { ApiError } from '../../../lib/api.ts';
import { fieldOf, useFormFaults } from '../../../lib/faults.ts';
import { useSpeech } from '../../../lib/i18n.tsx';
import { useOutbox } from '../../../lib/offline.tsx';
import { FormError } from '../../../ui/FormError.tsx';
import { ArrowLeft, ArrowRight, CloudCheck, Send } from '../../../ui/icons.ts';
import { Page } from '../../../ui/Page.tsx';
import { PageHead, useTabTitle } from '../../../ui/PageHead.tsx';
import { EmptyState } from '../../../ui/states.tsx';
import { fieldName } from '../historyWords.ts';
import { missingIn, stepOf } from './complete.ts';
import { DraftsList } from './DraftsList.tsx';
import { type IntakeStep, intakeSteps } from './drafts.ts';
import classes from './intake.module.css';
import { ReviewStep } from './ReviewStep.tsx';
import { KindStep, ThemeStep } from './ThemeSteps.tsx';
import { useDraft } from './useDraft.ts';
import { useHeld, useSend } from './useSend.ts';
import { WhatStep } from './WhatStep.tsx';
import { WhereStep } from './WhereStep.tsx';
import { WhoStep } from './WhoStep.tsx';

/** Questions; the review is no question. */
const asked = intakeSteps.length - 1;

export function LogCasePage() {
  const { say } = useSpeech();
  const [params, setParams] = useSearchParams();
  const { drafts, arrived } = useHeld();
  const id = params.get('draft');
  const fresh = () => setParams({ draft: newId() }, { replace: true });
  const nothingHeld = drafts.length === 0 && arrived.length === 0;
  useEffect(() => {
    if (!id && nothingHeld) setParams({ draft: newId() }, { replace: true });
  }, [id, nothingHeld, setParams]);
  if (id) return <Writing key={id} id={id} />;
  if (nothingHeld) return null;
  return (
    <Page narrow>
      <PageHead title={say('case.log')} tabTitle={say('case.log')} />
      <DraftsList drafts={drafts} arrived={arrived} onFresh={fresh} />
    </Page>
  );
}

const isStep = (value: string | null): value is IntakeStep => intakeSteps.includes(value as IntakeStep);

function Writing({ id }: { id: string }) {
  const { say, speaker } = useSpeech();
  const navigate = useNavigate();
  const outbox = useOutbox();
  const explain = useFormFaults();
  const [params, setParams] = useSearchParams();
  const { draft, change, kept, addPhoto, removePhoto } = useDraft(id);
  const { send, sending } = useSend();
  const [missing, setMissing] = useState<string | null>(null);
  const [faults, setFaults] = useState<{ fields: Record<string, string>; whole: string | null } | null>(null);
  const [waiting, setWaiting] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const wanted = params.get('step');
  const step: IntakeStep = isStep(wanted) ? wanted : draft.step;
  // Said until it is there, by whatever way it came.
  const stillMissing = missing && missingIn(draft, step) === missing ? missing : null;
  const index = intakeSteps.indexOf(step);
  useTabTitle(say('case.log'));

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new question is read out and starts at its top
  useEffect(() => {
    heading.current?.focus();
    window.scrollTo({ top: 0, behavior: 'instant' });
  }, [step]);

  const goTo = (next: IntakeStep) => {
    change({ step: next });
    setMissing(null);
    setParams({ draft: id, step: next });
  };
  const forward = () => {
    const lacks = missingIn(draft, step);
    if (lacks) return setMissing(lacks);
    const next = intakeSteps[index + 1];
    if (next) goTo(next);
    else void finish();
  };
  const back = () => {
    const before = intakeSteps[index - 1];
    if (before) goTo(before);
    else void navigate(paths.cases.href());
  };
  const finish = async () => {
    const lacking = intakeSteps.find((one) => missingIn(draft, one) !== null);
    if (lacking) {
      goTo(lacking);
      setMissing(missingIn(draft, lacking));
      return;
    }
    setFaults(null);
    const sent = await send(draft);
    if ('logged' in sent) void navigate(paths.case.href(sent.logged.id), { replace: true });
    else if ('kept' in sent) setWaiting(true);
    else {
      outbox.drop(draft.id);
      const fields = sent.error instanceof ApiError ? sent.error.faults.map(fieldOf) : [];
      setFaults(explain(sent.error, fields));
      if (fields[0]) goTo(stepOf(fields[0]));
    }
  };
  /** A choice by touch is an answer: the next question comes by itself. */
  const answered = (from: IntakeStep) => {
    const next = intakeSteps[intakeSteps.indexOf(from) + 1];
    if (next) goTo(next);
  };

  if (waiting)
    return (
      <Page narrow>
        <EmptyState
          icon={CloudCheck}
          title={say('case.log.offlineTitle')}
          text={say('case.log.offline')}
          action={
            <>
              <Button onClick={() => void navigate(`${paths.logCase.href()}?draft=${newId()}`)}>
                {say('case.log.another')}
              </Button>
              <Button variant="default" onClick={() => void navigate(paths.cases.href())}>
                {say('case.page.toList')}
              </Button>
            </>
          }
        />
      </Page>
    );

  const shared = {
    draft,
    change,
    faults: faults?.fields ?? {},
    missing: stillMissing,
  };
  return (
    <Page narrow>
      <div className={classes.progress}>
        <span>
          {step === 'review'
            ? say('case.log')
            : `${say('case.log')} · ${say('case.log.step', { step: index + 1, steps: asked })}`}
        </span>
        <span className={classes.kept} role="status">
          {kept ? draft.fields.kind && say('case.log.savedHere') : say('case.log.notSavedHere')}
        </span>
        <progress max={asked} value={index} aria-label={say('case.log')} className={classes.bar} />
      </div>
      <h1 ref={heading} tabIndex={-1} className={classes.question}>
        {step === 'review' ? say('case.log.review') : say(`case.log.${step}`)}
      </h1>
      <FormError words={faults?.whole ?? null} />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          forward();
        }}
      >
        {step === 'kind' && <KindStep {...shared} onAnswered={() => answered('kind')} />}
        {step === 'theme' && <ThemeStep {...shared} onAnswered={() => answered('theme')} />}
        {step === 'where' && <WhereStep {...shared} />}
        {step === 'what' && <WhatStep {...shared} />}
        {step === 'who' && <WhoStep {...shared} addPhoto={addPhoto} removePhoto={removePhoto} />}
        {step === 'review' && <ReviewStep {...shared} onGo={goTo} />}
        <div role="alert" className={classes.missing}>
          {stillMissing && say('case.log.missing', { what: fieldName(speaker, stillMissing) })}
        </div>
        <div className={classes.foot}>
          <Button variant="default" onClick={back} leftSection={<ArrowLeft size={18} aria-hidden />}>
            {say('common.back')}
          </Button>
          {step === 'review' ? (
            <Button type="submit" loading={sending} leftSection={<Send size={18} aria-hidden />}>
              {say('case.log.save')}
            </Button>
          ) : (
            <Button type="submit" rightSection={<ArrowRight size={18} aria-hidden />}>
              {say('common.next')}
            </Button>
          )}
        </div>
      </form>
    </Page>
  );
}
