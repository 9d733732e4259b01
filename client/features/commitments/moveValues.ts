// Duty: what a dialog of a move holds while it is filled in, and what is sent of it. Plain, so that it can be tested without a browser.
import {
  type Closing,
  type CommitmentMoveName,
  type Completion,
  type Formality,
  formalities,
  formalityStep,
} from '../../../shared/commitmentLists.ts';
import type { CommitmentMoveInput } from '../../../shared/commitmentMoves.ts';
import type { CommitmentPage } from '../../../shared/commitments.ts';
import { newId } from '../../../shared/ids.ts';
import { dayIn } from '../../lib/days.ts';

export interface MoveValues {
  /** Of the check; kept while the dialog is open, so that sending again records it once. */
  id: string;
  completion: Completion | '';
  on: string;
  evidence: string[];
  note: string;
  nextCheckOn: string;
  reason: string;
  to: Formality | '';
  dueOn: string;
  closedAs: Closing | '';
  promised: string;
  approved: string;
  spent: string;
}

const asText = (value: number | null) => (value === null ? '' : String(value));

export const startValues = ({ budget, nextCheckOn }: CommitmentPage): MoveValues => ({
  id: newId(),
  completion: '',
  on: dayIn(0),
  evidence: [],
  note: '',
  nextCheckOn: nextCheckOn && nextCheckOn > dayIn(0) ? nextCheckOn : '',
  reason: '',
  to: '',
  dueOn: '',
  closedAs: '',
  promised: asText(budget.promised),
  approved: asText(budget.approved),
  spent: asText(budget.spent),
});

/** Names of fields as the server's faults name them. */
export const moveFieldNames = [
  'completion',
  'checkedOn',
  'reportedOn',
  'evidence',
  'note',
  'nextCheckOn',
  'reason',
  'to',
  'dueOn',
  'closedAs',
  'budget.promised',
  'budget.approved',
  'budget.spent',
] as const;
export type MoveField = (typeof moveFieldNames)[number];

/** Where one can go from here. */
export const formalityChoices = (from: Formality): Formality[] =>
  formalities.filter((to) => formalityStep(from, to) !== null);

/** Nothing is null; what is no number is sent as it is, and the server says so beside the field. */
const euros = (value: string): number | null =>
  value.trim() === '' ? null : Number(value.replace(',', '.'));

const optional = (value: string) => (value.trim() ? { reason: value } : {});
const noted = (value: string) => (value.trim() ? { note: value } : {});

export function moveBody(move: CommitmentMoveName, values: MoveValues, version: number): CommitmentMoveInput {
  const { id, completion, on, evidence, note, nextCheckOn, reason, to, dueOn, closedAs } = values;
  const body = (): Record<string, unknown> => {
    switch (move) {
      case 'approve':
        return {};
      case 'decline':
      case 'reopen':
        return { reason };
      case 'formality':
        return { to, ...optional(reason) };
      case 'report':
        return { completion, reportedOn: on, ...noted(note) };
      case 'check':
        return { id, completion, checkedOn: on, evidence, note, nextCheckOn: nextCheckOn || null };
      case 'deadline':
        return { dueOn, reason };
      case 'budget':
        return {
          budget: {
            promised: euros(values.promised),
            approved: euros(values.approved),
            spent: euros(values.spent),
          },
          ...noted(note),
        };
      case 'plan_check':
        return { nextCheckOn: nextCheckOn || null };
      case 'close':
        return { closedAs, ...optional(reason) };
    }
  };
  return { move, ...body(), version } as CommitmentMoveInput;
}
