// Duty: the doors to case files: list, log, open, revise, move, assign, note, plan. Each names schema and command, nothing else.
import { z } from 'zod';
import { type Answer, idSchema } from '../../../shared/api.ts';
import { caseMoveInput } from '../../../shared/caseMoves.ts';
import { casePaths } from '../../../shared/casePaths.ts';
import {
  assignInput,
  caseCreate,
  caseListQuery,
  caseRevise,
  noteCreate,
  stepCreate,
  stepRevise,
} from '../../../shared/cases.ts';
import type { CaseLogged, CaseMoved } from '../../../shared/caseViews.ts';
import { warningsAbout } from '../../../shared/personalData.ts';
import { notFound } from '../../errors.ts';
import { type Endpoint, endpoint, withStatus } from '../../http/endpoint.ts';
import { casesListedFor } from './caseList.queries.ts';
import { casePageFor } from './casePage.queries.ts';
import { assignCase, logCase, noteOn, reviseCase } from './cases.commands.ts';
import { seesCases } from './cases.policy.ts';
import { presentPage } from './cases.present.ts';
import { moveCase } from './moves.commands.ts';
import { addStep, removeStep, reviseStep } from './plan.commands.ts';

const oneCase = z.strictObject({ id: idSchema });
const oneStep = oneCase.extend({ step: idSchema });
const freeText = ['title', 'description', 'need', 'text', 'reason', 'note'] as const;

/** For roles without cases there is nothing here, whatever they send. */
export const forThoseWithCases = (endpoints: Endpoint[]): Endpoint[] =>
  endpoints.map((item) => ({
    ...item,
    run: (viewer, parts) => {
      if (viewer && !seesCases(viewer)) throw notFound();
      return item.run(viewer, parts);
    },
  }));

export const caseRoutes = (): Endpoint[] =>
  forThoseWithCases([
    endpoint({
      method: 'get',
      path: casePaths.cases,
      summary: 'Cases the viewer may see, filtered, searched, ordered, in pages.',
      query: caseListQuery,
      handle: ({ viewer, query }) => casesListedFor(viewer, query),
    }),
    endpoint({
      method: 'post',
      path: casePaths.cases,
      summary: 'Log a case; repeating the request with the same id logs it once.',
      status: 201,
      body: caseCreate,
      async handle({ viewer, body }) {
        const { caseFile, receipt, repeated } = await logCase(viewer, body);
        const warnings = warningsAbout(body, freeText);
        const answer: Answer<CaseLogged> = {
          data: { id: caseFile._id, version: caseFile.version, reference: caseFile.reference, receipt },
          abilities: {} as Record<never, boolean>,
          ...(warnings.length > 0 ? { warnings } : {}),
        };
        return withStatus(repeated ? 200 : 201, answer);
      },
    }),
    endpoint({
      method: 'get',
      path: casePaths.one(':id'),
      summary: 'One case with its plan, notes, evidence and history.',
      params: oneCase,
      handle: ({ viewer, params }) => casePageFor(viewer, params.id),
    }),
    endpoint({
      method: 'patch',
      path: casePaths.one(':id'),
      summary: 'Revise words and facts; different fields merge, the same field is answered with both sides.',
      params: oneCase,
      body: caseRevise,
      handle: async ({ viewer, params, body }) =>
        presentPage(viewer, await reviseCase(viewer, params.id, body), warningsAbout(body, freeText)),
    }),
    endpoint({
      method: 'post',
      path: casePaths.moves(':id'),
      summary: 'Move a case along its lifecycle.',
      params: oneCase,
      body: caseMoveInput,
      async handle({ viewer, params, body }): Promise<CaseMoved> {
        const { caseFile, receipt } = await moveCase(viewer, params.id, body);
        const page = await presentPage(viewer, caseFile, warningsAbout(body, freeText));
        return receipt ? { ...page, receipt } : page;
      },
    }),
    endpoint({
      method: 'post',
      path: casePaths.assignment(':id'),
      summary: 'Name the lead and who else works on the case.',
      params: oneCase,
      body: assignInput,
      handle: async ({ viewer, params, body }) =>
        presentPage(viewer, await assignCase(viewer, params.id, body)),
    }),
    endpoint({
      method: 'post',
      path: casePaths.notes(':id'),
      summary: 'Add a note.',
      params: oneCase,
      body: noteCreate,
      handle: async ({ viewer, params, body }) =>
        presentPage(viewer, await noteOn(viewer, params.id, body), warningsAbout(body, freeText)),
    }),
    endpoint({
      method: 'post',
      path: casePaths.steps(':id'),
      summary: 'Add a dated step to the plan.',
      params: oneCase,
      body: stepCreate,
      handle: async ({ viewer, params, body }) =>
        presentPage(viewer, await addStep(viewer, params.id, body), warningsAbout(body, freeText)),
    }),
    endpoint({
      method: 'patch',
      path: casePaths.step(':id', ':step'),
      summary: 'Change a step, or mark it done.',
      params: oneStep,
      body: stepRevise,
      handle: async ({ viewer, params, body }) =>
        presentPage(
          viewer,
          await reviseStep(viewer, params.id, params.step, body),
          warningsAbout(body, freeText),
        ),
    }),
    endpoint({
      method: 'delete',
      path: casePaths.step(':id', ':step'),
      summary: 'Take a step off the plan.',
      params: oneStep,
      handle: async ({ viewer, params }) =>
        presentPage(viewer, await removeStep(viewer, params.id, params.step)),
    }),
  ]);
