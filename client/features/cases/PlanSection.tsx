// Duty: the plan of a case: dated steps, done or open; add, tick, move the date, rename, remove.
import { ActionIcon, Button, Checkbox, Menu } from '@mantine/core';
import { useState } from 'react';
import { limits } from '../../../shared/caseLists.ts';
import type { CasePage, PlanStep } from '../../../shared/caseViews.ts';
import { newId } from '../../../shared/ids.ts';
import { dayIn } from '../../lib/days.ts';
import { useErrorWords } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { stepTitle } from '../../lib/stepTitle.ts';
import { FormError } from '../../ui/FormError.tsx';
import { CalendarClock, Ellipsis, Pencil, Plus, Trash2 } from '../../ui/icons.ts';
import { RelativeTime } from '../../ui/words.tsx';
import classes from './page.module.css';
import { Section } from './Section.tsx';
import { StepForm } from './StepForm.tsx';
import { useAddStep, useRemoveStep, useReviseStep } from './useCases.ts';

interface Props {
  caseFile: CasePage;
  may: boolean;
  onSaid: (words: string) => void;
}

/** Open steps by day, then what is done. */
export function inOrder(plan: readonly PlanStep[]): PlanStep[] {
  return plan.toSorted(
    (a, b) => Number(a.doneAt !== null) - Number(b.doneAt !== null) || a.due.localeCompare(b.due),
  );
}

export function PlanSection({ caseFile, may, onSaid }: Props) {
  const { say } = useSpeech();
  const [adding, setAdding] = useState(false);
  const add = useAddStep(caseFile.id);
  return (
    <Section title={say('case.page.plan')}>
      {caseFile.plan.length === 0 && <p className={classes.faint}>{say('case.plan.empty')}</p>}
      <ul className={classes.plan}>
        {inOrder(caseFile.plan).map((step) => (
          <Step key={step.id} step={step} caseFile={caseFile} may={may} onSaid={onSaid} />
        ))}
      </ul>
      {may &&
        (adding ? (
          <StepForm
            start={{ title: '', due: dayIn(7) }}
            saving={add.isPending}
            error={add.error}
            onCancel={() => setAdding(false)}
            onSave={(values) =>
              add.mutate(
                { id: newId(), ...values },
                {
                  onSuccess: () => {
                    setAdding(false);
                    onSaid(say('case.history.stepAdded'));
                  },
                },
              )
            }
          />
        ) : (
          <Button
            mt="xs"
            variant="subtle"
            size="sm"
            className="no-print"
            leftSection={<Plus size={18} aria-hidden />}
            onClick={() => setAdding(true)}
            disabled={caseFile.plan.length >= limits.plan}
          >
            {caseFile.plan.length >= limits.plan
              ? say('case.plan.full', { max: limits.plan })
              : say('case.plan.add')}
          </Button>
        ))}
    </Section>
  );
}

function Step({ step, caseFile, may, onSaid }: Props & { step: PlanStep }) {
  const { say, speaker } = useSpeech();
  const title = stepTitle(speaker, step);
  const words = useErrorWords();
  const revise = useReviseStep(caseFile.id);
  const remove = useRemoveStep(caseFile.id);
  const [editing, setEditing] = useState(false);
  const isNext = caseFile.nextStep?.id === step.id;
  const done = step.doneAt !== null;
  const based = { step: step.id, version: caseFile.version };
  if (editing)
    return (
      <li>
        <StepForm
          start={{ title, due: step.due }}
          saving={revise.isPending}
          error={revise.error}
          onCancel={() => setEditing(false)}
          onSave={(values) =>
            revise.mutate(
              // Words that were left as they are stay the template's, in every reader's language.
              { ...based, due: values.due, ...(values.title !== title && { title: values.title }) },
              {
                onSuccess: () => {
                  setEditing(false);
                  onSaid(say('common.saved'));
                },
              },
            )
          }
        />
      </li>
    );
  const failed = revise.error ?? remove.error;
  return (
    <li className={classes.step} data-done={done || undefined}>
      <Checkbox
        checked={revise.isPending && revise.variables.done !== undefined ? revise.variables.done : done}
        disabled={!may || revise.isPending}
        onChange={(event) =>
          revise.mutate(
            { ...based, done: event.currentTarget.checked },
            { onSuccess: () => onSaid(say(done ? 'case.history.stepUndone' : 'case.history.stepDone')) },
          )
        }
        aria-label={say('case.plan.done', { title })}
      />
      <div className={classes.stepBody}>
        <span className={classes.stepTitle}>{title}</span>
        <div className={classes.stepWhen}>
          {isNext && <span className={classes.next}>{say('case.plan.next')}</span>}
          {done ? (
            <span>
              {step.doneBy && `${step.doneBy}, `}
              <RelativeTime when={step.doneAt!} />
            </span>
          ) : (
            <span className={isNext && caseFile.late ? classes.late : undefined}>
              {isNext && caseFile.late && `${say('case.late')}: `}
              <RelativeTime when={step.due} />
            </span>
          )}
        </div>
        <FormError words={failed ? words(failed) : null} />
      </div>
      {may && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon size="lg" className="no-print" aria-label={say('case.plan.actions', { title })}>
              <Ellipsis size={20} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {!done && (
              <>
                {[1, 7, 14].map((days) => (
                  <Menu.Item
                    key={days}
                    leftSection={<CalendarClock size={18} aria-hidden />}
                    onClick={() =>
                      revise.mutate(
                        { ...based, due: dayIn(days) },
                        { onSuccess: () => onSaid(say('case.history.stepMoved')) },
                      )
                    }
                  >
                    {days === 1 ? say('case.plan.tomorrow') : say('case.plan.inDays', { count: days })}
                  </Menu.Item>
                ))}
                <Menu.Item leftSection={<Pencil size={18} aria-hidden />} onClick={() => setEditing(true)}>
                  {say('case.plan.rename')}
                </Menu.Item>
              </>
            )}
            <Menu.Item
              leftSection={<Trash2 size={18} aria-hidden />}
              onClick={() =>
                remove.mutate(step.id, { onSuccess: () => onSaid(say('case.history.stepRemoved')) })
              }
            >
              {say('case.plan.remove')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </li>
  );
}
