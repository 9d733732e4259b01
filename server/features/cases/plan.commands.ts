// Duty: a case's plan: steps from the theme's template, the next open one, and the commands that add, change and take off steps.
import type { z } from 'zod';
import { limits, type stepCreate, type stepRevise } from '../../../shared/cases.ts';
import { planTemplates } from '../../../shared/themes.ts';
import { clock, dayAfter, dayOf } from '../../clock.ts';
import { conflict, invalid, notFound } from '../../errors.ts';
import { ensure, type Viewer } from '../../policy.ts';
import { refuseFutureVersion, refuseSettled } from './cases.commands.ts';
import type { CaseFile, StoredStep } from './cases.model.ts';
import { mayWorkOn } from './cases.policy.ts';
import { changeCase } from './change.ts';
import { say } from './themeWords.ts';

export const openStepOf = ({ plan }: Pick<CaseFile, 'plan'>): StoredStep | undefined =>
  plan.find((step) => !step.doneAt);

/** The theme's usual steps, counted from today. Readers see them in their own language; the words of whoever triages are kept beside. */
export function planFromTemplate(caseFile: CaseFile, viewer: Viewer, now: Date): StoredStep[] {
  return planTemplates[caseFile.theme].map(({ key, dueAfterDays }) => ({
    id: crypto.randomUUID(),
    title: say(viewer.language, `step.${key}`),
    template: key,
    due: dayAfter(dayOf(now), dueAfterDays),
    doneAt: null,
    doneBy: null,
    version: caseFile.version + 1,
  }));
}

function ensureMayPlan(viewer: Viewer, caseFile: CaseFile): void {
  ensure(mayWorkOn, viewer, caseFile);
  refuseSettled(caseFile);
}

/** Adds a step; a repeat with the same id changes nothing. */
export function addStep(
  viewer: Viewer,
  id: string,
  input: z.infer<typeof stepCreate>,
  now?: Date,
): Promise<CaseFile> {
  return changeCase(
    viewer,
    id,
    (caseFile) => {
      ensureMayPlan(viewer, caseFile);
      if (caseFile.plan.some((step) => step.id === input.id)) return null;
      if (caseFile.plan.length >= limits.plan)
        throw invalid([{ path: ['plan'], code: 'too_long', params: { maximum: limits.plan } }]);
      const step: StoredStep = { ...input, doneAt: null, doneBy: null, version: caseFile.version + 1 };
      return { set: { plan: [...caseFile.plan, step] }, entry: { what: 'stepAdded' } };
    },
    now,
  );
}

/** Changes one step. Based on an older version of that very step, it is refused with how the step stands. */
export function reviseStep(
  viewer: Viewer,
  id: string,
  stepId: string,
  input: z.infer<typeof stepRevise>,
  now = clock.now(),
): Promise<CaseFile> {
  return changeCase(
    viewer,
    id,
    (caseFile) => {
      ensureMayPlan(viewer, caseFile);
      refuseFutureVersion(caseFile, input.version);
      const step = stepIn(caseFile, stepId);
      const title = input.title ?? step.title;
      const due = input.due ?? step.due;
      const done = input.done ?? step.doneAt !== null;
      const doneChanged = done !== (step.doneAt !== null);
      if (title === step.title && due === step.due && !doneChanged) return null;
      if (step.version > input.version)
        throw conflict('case.stale', {
          version: caseFile.version,
          status: caseFile.status,
          conflicts: [],
          step: { id: step.id, title: step.title, due: step.due, done: step.doneAt !== null },
        });
      // Retyped, it is somebody's own words from now on.
      const template = title === step.title ? (step.template ?? null) : null;
      const revised: StoredStep = { ...step, title, template, due, version: caseFile.version + 1 };
      if (doneChanged)
        Object.assign(revised, done ? { doneAt: now, doneBy: viewer.id } : { doneAt: null, doneBy: null });
      return {
        set: { plan: caseFile.plan.map((one) => (one.id === stepId ? revised : one)) },
        entry: {
          what: doneChanged
            ? done
              ? 'stepDone'
              : 'stepUndone'
            : due === step.due
              ? 'stepRevised'
              : 'stepMoved',
        },
      };
    },
    now,
  );
}

export function removeStep(viewer: Viewer, id: string, stepId: string, now?: Date): Promise<CaseFile> {
  return changeCase(
    viewer,
    id,
    (caseFile) => {
      ensureMayPlan(viewer, caseFile);
      stepIn(caseFile, stepId);
      return {
        set: { plan: caseFile.plan.filter((step) => step.id !== stepId) },
        entry: { what: 'stepRemoved' },
      };
    },
    now,
  );
}

function stepIn(caseFile: CaseFile, stepId: string): StoredStep {
  const step = caseFile.plan.find((one) => one.id === stepId);
  if (!step) throw notFound('step.notFound');
  return step;
}
