// Duty: what the server says in somebody's language: mails, notices, exports, search. One speaker per language; the words are shared's.
import type { Language } from '../shared/directory.ts';
import { en } from '../shared/i18n/en/index.ts';
import { rom } from '../shared/i18n/rom/index.ts';
import { sq } from '../shared/i18n/sq/index.ts';
import { sr } from '../shared/i18n/sr/index.ts';
import { makeSpeaker, type Speaker } from '../shared/i18n.ts';

/** Romani falls back to Albanian, as on screen. */
export const speakers: Record<Language, Speaker> = {
  sq: makeSpeaker('sq', sq, en),
  sr: makeSpeaker('sr', sr, en),
  en: makeSpeaker('en', en, en),
  rom: makeSpeaker('rom', rom, sq),
};
