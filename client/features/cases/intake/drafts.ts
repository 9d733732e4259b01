// Duty: unfinished cases on this device: one entry per case, saved at every keystroke, oldest forgotten first. Sending is not its work.
import type { CaseFields } from '../../../../shared/cases.ts';
import type { OwnTexts } from '../../../lib/ownStore.ts';
import type { IdentityValues } from '../../../lib/vault.ts';

export const intakeSteps = ['kind', 'theme', 'where', 'what', 'who', 'review'] as const;
export type IntakeStep = (typeof intakeSteps)[number];

export interface DraftPhoto {
  /** Id of the file on this device, and of the evidence it becomes. */
  id: string;
  name: string;
}

export interface Draft {
  /** The id the case will have: sending twice makes one case. */
  id: string;
  startedAt: number;
  changedAt: number;
  step: IntakeStep;
  fields: Partial<Omit<CaseFields, 'people'>>;
  /** As typed, so that a half-written number is not lost. */
  people: { count: number | ''; households: number | '' };
  photos: DraftPhoto[];
  /** Moved out of the texts: for the vault, never for the case. */
  identity?: IdentityValues;
  /** True once it was given to the outbox. */
  sent: boolean;
}

export interface DraftStore {
  load(id: string): Draft | null;
  /** False when this device keeps nothing. */
  save(draft: Draft): boolean;
  remove(id: string): void;
  /** Newest first; those that are too old are gone. */
  all(): Draft[];
}

/** A lost phone must not hold more than this (number of drafts, age in milliseconds). */
export const draftLimits = { drafts: 20, age: 30 * 86_400_000 } as const;

export function newDraft(id: string, now: number, fields: Draft['fields'] = {}): Draft {
  return {
    id,
    startedAt: now,
    changedAt: now,
    step: 'kind',
    fields,
    people: { count: '', households: '' },
    photos: [],
    sent: false,
  };
}

/** Worth keeping: the person chose or wrote something. */
export const hasContent = (draft: Draft): boolean =>
  Boolean(draft.fields.kind || draft.fields.description || draft.fields.theme);

function isDraft(value: unknown): value is Draft {
  if (typeof value !== 'object' || value === null) return false;
  const draft = value as Partial<Draft>;
  return (
    typeof draft.id === 'string' &&
    typeof draft.changedAt === 'number' &&
    typeof draft.fields === 'object' &&
    draft.fields !== null &&
    typeof draft.people === 'object' &&
    Array.isArray(draft.photos) &&
    intakeSteps.includes(draft.step as IntakeStep)
  );
}

export function makeDraftStore(texts: OwnTexts, now: () => number = Date.now): DraftStore {
  const load = (id: string): Draft | null => {
    try {
      const value: unknown = JSON.parse(texts.get(`draft.${id}`) ?? 'null');
      return isDraft(value) ? value : null;
    } catch {
      return null;
    }
  };
  const remove = (id: string) => void texts.set(`draft.${id}`, null);
  const all = () => {
    const drafts = texts
      .names('draft.')
      .map((name) => load(name.slice('draft.'.length)))
      .filter((draft) => draft !== null)
      .sort((a, b) => b.changedAt - a.changedAt);
    const current = drafts.filter((draft) => now() - draft.changedAt < draftLimits.age);
    for (const draft of drafts) if (!current.includes(draft)) remove(draft.id);
    return current;
  };
  return {
    load,
    save(draft) {
      const kept = texts.set(`draft.${draft.id}`, JSON.stringify(draft));
      // What waits to be sent is never the one that is forgotten.
      const spare = all().filter((one) => !one.sent && one.id !== draft.id);
      for (const old of spare.slice(draftLimits.drafts - 1)) remove(old.id);
      return kept;
    },
    remove,
    all,
  };
}

const longestTitle = 90;

/** A title to begin with: the story's first sentence, cut between words. */
export function titleFrom(story: string): string {
  const sentence = /^[^.!?\n]+/.exec(story.trim())?.[0]?.trim() ?? '';
  if (sentence.length <= longestTitle) return sentence;
  const cut = sentence.slice(0, longestTitle);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), 40)).trimEnd()}…`;
}
