// Duty: the words of a letter before anybody edits them: the template of its kind and rung, its gaps filled. Words per language: templates.<language>.ts.
import {
  type LetterKind,
  type LetterLanguage,
  letterLimits,
  type Rung,
} from '../../../shared/letterLists.ts';
import type { LetterTemplate } from '../../../shared/letters.ts';
import type { ReplyRule } from '../../../shared/replyRules.ts';
import type { InstitutionEntry } from './institutions.model.ts';
import type { LetterFile } from './letters.model.ts';
import { en } from './templates.en.ts';
import { sq } from './templates.sq.ts';
import { sr } from './templates.sr.ts';

/** What a gap is filled with, in the letter's language. */
export interface Gaps {
  institution: string;
  /** Reference of this letter. */
  reference: string;
  /** What is asked; a line to be filled where nothing was said. */
  ask: string;
  /** The letter before on the ladder. */
  before: { reference: string; sentOn: string; subject: string } | null;
  rule: { law: string; days: number; working: boolean } | null;
}

export interface TemplateWords {
  first: Record<LetterKind, (gaps: Gaps) => LetterTemplate>;
  later: Record<Exclude<Rung, 'first'>, (gaps: Gaps) => LetterTemplate>;
  /** Shown where the writer has to say what is asked. */
  toFill: string;
  day(day: string): string;
}

const languages: Record<LetterLanguage, TemplateWords> = { sq, sr, en };

interface Letter {
  kind: LetterKind;
  rung: Rung;
  language: LetterLanguage;
  reference: string;
  institution: InstitutionEntry;
  ask: string;
  before: LetterFile | null;
  rule: ReplyRule | null;
  today: string;
}

export function filledTemplate(letter: Letter): LetterTemplate {
  const { kind, rung, language, institution, before, rule } = letter;
  const words = languages[language];
  const gaps: Gaps = {
    institution: institution.names[language],
    reference: letter.reference,
    ask: letter.ask.trim() || words.toFill,
    before: before && {
      reference: before.reference,
      sentOn: before.sentOn ? words.day(before.sentOn) : '',
      // Of a later rung the word before the colon is that rung's own.
      subject: before.rung === 'first' ? before.subject : before.subject.replace(/^[^:]*: /, ''),
    },
    rule: rule && { law: rule.law[language], days: rule.days, working: rule.dayKind === 'working' },
  };
  const { subject, body } = rung === 'first' ? words.first[kind](gaps) : words.later[rung](gaps);
  return { subject: subject.slice(0, letterLimits.subject), body: body.slice(0, letterLimits.body) };
}
