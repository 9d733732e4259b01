// Duty: changes of cases by their commands, for this process or another one on the same database. What shows of them is a test's.
import { logCase, reviseCase } from '../../server/features/cases/cases.commands.ts';
import { CaseModel } from '../../server/features/cases/cases.model.ts';
import { moveCase } from '../../server/features/cases/moves.commands.ts';
import { addStep } from '../../server/features/cases/plan.commands.ts';
import { viewerNow } from '../../server/features/directory/users.queries.ts';
import type { Viewer } from '../../server/policy.ts';
import { newId } from '../../shared/api.ts';
import type { CaseMoveInput } from '../../shared/caseMoves.ts';
import type { CaseCreate, CaseRevise } from '../../shared/cases.ts';

type Part<Input> = Input extends unknown ? Omit<Input, 'version'> : never;

/** Each is by that user. Sharing with an organisation stands for a transfer that it accepted. */
export type CaseChange = { by: string } & (
  | { kind: 'log'; input: CaseCreate }
  | { kind: 'revise'; id: string; input: Part<CaseRevise> }
  | { kind: 'move'; id: string; input: Part<CaseMoveInput> }
  | { kind: 'step'; id: string; due: string }
  | { kind: 'share'; id: string; organisations: string[] }
);

/** Resolves when the change is acknowledged. */
export async function change(change: CaseChange): Promise<void> {
  const viewer = (await viewerNow(change.by)) as Viewer;
  if (change.kind === 'log') {
    await logCase(viewer, change.input);
    return;
  }
  const { id } = change;
  const version = (await CaseModel.findOne({ _id: id }).lean())!.version;
  if (change.kind === 'revise') await reviseCase(viewer, id, { ...change.input, version });
  else if (change.kind === 'move') await moveCase(viewer, id, { ...change.input, version } as CaseMoveInput);
  else if (change.kind === 'step')
    await addStep(viewer, id, { id: newId(), title: 'Ask again', due: change.due });
  else
    await CaseModel.updateOne(
      { _id: id },
      { $set: { sharedWith: change.organisations, changedAt: new Date() }, $inc: { version: 1 } },
    );
}
