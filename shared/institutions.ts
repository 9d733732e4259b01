// Duty: duty bearers as both sides know them: who is responsible for what, at which level. Letters and people in office come later.
import type { Theme } from './themes.ts';

export const institutionLevels = ['municipal', 'central'] as const;
export type InstitutionLevel = (typeof institutionLevels)[number];

export interface Institution {
  id: string;
  level: InstitutionLevel;
  /** Works through branches or regional offices in the municipalities. */
  hasLocalOffices: boolean;
  themes: Theme[];
  names: { sq: string; sr: string; en: string };
  /** What it is responsible for, in English as documented. */
  role: string;
  /** How well the names and the role are documented. */
  verification: string;
}
