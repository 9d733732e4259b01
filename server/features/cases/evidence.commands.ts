// Duty: add a cleaned file to a case and take one off. Files first, then the case, so that a case never points to nothing.
import { limits } from '../../../shared/cases.ts';
import { clock } from '../../clock.ts';
import { conflict, invalid, notFound } from '../../errors.ts';
import type { CleanFile } from '../../files/clean.ts';
import { deleteKept, filesBelongTo, type KeptFile, keepFile } from '../../files/kept.ts';
import { ensure, type Viewer } from '../../policy.ts';
import { refuseSettled } from './cases.commands.ts';
import { type CaseFile, CaseModel } from './cases.model.ts';
import { mayWorkOn } from './cases.policy.ts';
import { caseFor } from './cases.queries.ts';
import { changeCase } from './change.ts';

const owner = (id: string) => ({ kind: 'case', id });
filesBelongTo('case', async (id) => (await CaseModel.findById(id, { evidence: 1 }).lean())?.evidence ?? []);

/** Whether to go on receiving: throws as the upload would, and answers true when this very upload was kept before. */
export async function isKeptAlready(viewer: Viewer, caseId: string, id: string): Promise<boolean> {
  return isRepeat(viewer, await caseFor(viewer, caseId), id);
}

function isRepeat(viewer: Viewer, caseFile: CaseFile, id: string): boolean {
  ensure(mayWorkOn, viewer, caseFile);
  const earlier = caseFile.evidence.find((item) => item.id === id);
  if (earlier && earlier.by !== viewer.id) throw conflict('id.taken');
  if (earlier) return true;
  refuseSettled(caseFile);
  if (caseFile.evidence.length >= limits.evidence)
    throw invalid([{ path: ['file'], code: 'too_many', params: { maximum: limits.evidence } }]);
  return false;
}

/** Keeps the file and names it after the case, never after what the person called it: file names tell names. */
export async function addEvidence(
  viewer: Viewer,
  caseId: string,
  id: string,
  clean: CleanFile,
  now = clock.now(),
): Promise<CaseFile> {
  const evidence = await keepFile(clean, owner(caseId), { id, name: '', by: viewer.id, at: now });
  try {
    let kept = false;
    const caseFile = await changeCase(
      viewer,
      caseId,
      (current) => {
        kept = false;
        if (isRepeat(viewer, current, id)) return null;
        kept = true;
        const number = current.history.filter((entry) => entry.what === 'evidenceAdded').length + 1;
        const named = { ...evidence, name: `${current.reference}-${number}.${clean.extension}` };
        return { set: { evidence: [...current.evidence, named] }, entry: { what: 'evidenceAdded' } };
      },
      now,
    );
    if (!kept) await deleteKept(evidence);
    return caseFile;
  } catch (error) {
    await deleteKept(evidence);
    throw error;
  }
}

/** Takes it off the case, then deletes the files; a crash between leaves files that are swept. */
export async function removeEvidence(viewer: Viewer, caseId: string, id: string): Promise<CaseFile> {
  let removed: KeptFile | undefined;
  const caseFile = await changeCase(viewer, caseId, (current) => {
    ensure(mayWorkOn, viewer, current);
    refuseSettled(current);
    removed = current.evidence.find((item) => item.id === id);
    if (!removed) throw notFound('evidence.notFound');
    return {
      set: { evidence: current.evidence.filter((item) => item.id !== id) },
      entry: { what: 'evidenceRemoved' },
    };
  });
  if (removed) await deleteKept(removed);
  return caseFile;
}
