// Duty: one change to many cases, each by itself and each with its result: triage, assignment, a leaver's hand-over.
import type { z } from 'zod';
import type { BulkResult, bulkAssignInput, bulkTriageInput } from '../../../shared/cases.ts';
import type { HandOverInput } from '../../../shared/caseWork.ts';
import { AppError, conflict, notFound } from '../../errors.ts';
import { report } from '../../log.ts';
import { ensure, type Viewer } from '../../policy.ts';
import { colleaguesById } from '../directory/users.queries.ts';
import { assignCase, namedOn, refuseSettled } from './cases.commands.ts';
import type { CaseFile } from './cases.model.ts';
import { mayAssign, mayBulk, mayHandOver } from './cases.policy.ts';
import { caseFor } from './cases.queries.ts';
import { changeCase } from './change.ts';
import { moveCase } from './moves.commands.ts';

/** So many at a time, so that one request does not hold up everybody. */
const atOnce = 8;

/** Every id gets its result, in the order asked; one that fails does not stop the others. Safe to repeat. */
async function each(
  viewer: Viewer,
  ids: string[],
  act: (caseFile: CaseFile) => Promise<CaseFile>,
): Promise<BulkResult[]> {
  const results: BulkResult[] = [];
  const one = async (id: string): Promise<BulkResult> => {
    let reference: string | null = null;
    try {
      const caseFile = await caseFor(viewer, id);
      reference = caseFile.reference;
      await act(caseFile);
      return { id, reference, ok: true, code: null };
    } catch (error) {
      return { id, reference, ok: false, code: codeOf(error) };
    }
  };
  const distinct = [...new Set(ids)];
  for (let first = 0; first < distinct.length; first += atOnce)
    results.push(...(await Promise.all(distinct.slice(first, first + atOnce).map(one))));
  return results;
}

/** The field's own fault says more than "input is invalid". */
function codeOf(error: unknown): string {
  if (error instanceof AppError) return error.details.faults?.[0]?.code ?? error.code;
  report(error, { where: 'bulk' });
  return 'internal';
}

export function triageMany(viewer: Viewer, input: z.infer<typeof bulkTriageInput>): Promise<BulkResult[]> {
  ensure(mayBulk, viewer, null);
  const { ids, urgency, lead } = input;
  return each(viewer, ids, async ({ _id, version }) => {
    const { caseFile } = await moveCase(viewer, _id, {
      move: 'triage',
      urgency,
      lead,
      inScope: true,
      version,
    });
    return caseFile;
  });
}

export function assignMany(viewer: Viewer, input: z.infer<typeof bulkAssignInput>): Promise<BulkResult[]> {
  ensure(mayBulk, viewer, null);
  return each(viewer, input.ids, ({ _id, version, collaborators }) =>
    assignCase(viewer, _id, { lead: input.lead, collaborators, version }),
  );
}

/** What a leaver led or worked on goes to one colleague, case by case. Who is gone may be named as the leaver all the same. */
export async function handOver(viewer: Viewer, input: HandOverInput): Promise<BulkResult[]> {
  ensure(mayHandOver, viewer, null);
  const { from, to } = input;
  if (!(await colleaguesById(viewer)).has(from)) throw notFound();
  return each(viewer, input.ids, ({ _id }) =>
    changeCase(viewer, _id, async (caseFile) => {
      ensure(mayAssign, viewer, caseFile);
      refuseSettled(caseFile);
      const leads = caseFile.lead === from;
      if (!leads && !caseFile.collaborators.includes(from)) throw conflict('handOver.notTheirs');
      const others = caseFile.collaborators.filter((id) => id !== from && id !== to);
      const lead = leads ? to : caseFile.lead;
      const collaborators = leads || lead === to ? others : [...others, to];
      return {
        set: await namedOn(viewer, caseFile, leads ? { lead: to, collaborators } : { collaborators }),
        entry: { what: 'handedOver', person: to },
        touches: leads ? ['lead', 'collaborators'] : ['collaborators'],
      };
    }),
  );
}
