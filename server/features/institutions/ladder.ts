// Duty: whom the next rung of the ladder goes to, by kind of letter and institution. A proposal: a person edits and sends it.
import {
  governmentOffice,
  independentBodies,
  municipalityKind,
  nextRung,
  type Rung,
  supervisingMinistry,
} from '../../../shared/letterLists.ts';
import type { LetterFile } from './letters.model.ts';

export interface Proposal {
  rung: Rung;
  institutionId: string;
}

/** Null: the ladder ends here. `first` is whom the first letter of the ladder went to. */
export function proposalAfter(
  letter: Pick<LetterFile, 'kind' | 'rung'>,
  first: { institutionId: string; isMunicipal: boolean },
): Proposal | null {
  const rung = nextRung(letter.rung);
  if (!rung) return null;
  switch (rung) {
    case 'higher_authority':
      return { rung, institutionId: above(first) };
    case 'independent_body':
      return { rung, institutionId: independentBodies[letter.kind] };
    default:
      return { rung, institutionId: first.institutionId };
  }
}

function above({ institutionId, isMunicipal }: { institutionId: string; isMunicipal: boolean }): string {
  if (!isMunicipal) return institutionId === governmentOffice ? supervisingMinistry : governmentOffice;
  return institutionId === municipalityKind ? supervisingMinistry : municipalityKind;
}
