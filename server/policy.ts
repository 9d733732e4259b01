// Duty: how rules are asked, once to refuse and once to tell the client. There are no rules in here; each slice has its own.
import type { Language, MunicipalitySlug, Role } from '../shared/directory.ts';
import { notAllowed } from './errors.ts';

/** Who is asking: everything a rule may look at, loaded once per request or socket. */
export interface Viewer {
  id: string;
  name: string;
  role: Role;
  municipality: MunicipalitySlug | null;
  organisation: string | null;
  language: Language;
  /** An example account: what it makes is example data. */
  example: boolean;
}

/** A rule is pure and synchronous: the viewer, and what it is about. */
export type May<Subject> = (viewer: Viewer, subject: Subject) => boolean;

/** Throws 403 unless the rule allows it. Call it only about things the viewer can see; the unseen is 404. */
export function ensure<Subject>(may: May<Subject>, viewer: Viewer, subject: Subject, code?: string): void {
  if (!may(viewer, subject)) throw notAllowed(code);
}

export function abilitiesOf<Ability extends string, Subject>(
  rules: Record<Ability, May<Subject>>,
  viewer: Viewer,
  subject: Subject,
): Record<Ability, boolean> {
  const abilities = {} as Record<Ability, boolean>;
  for (const ability of Object.keys(rules) as Ability[]) abilities[ability] = rules[ability](viewer, subject);
  return abilities;
}
