// Duty: who may change what is known of institutions, and the rules of the reply clock.
import type { InstitutionAbility } from '../../../shared/institutions.ts';
import type { ReplyRuleAbility } from '../../../shared/replyRules.ts';
import type { May, Viewer } from '../../policy.ts';
import type { InstitutionEntry } from './institutions.model.ts';

/** Pages, scorecards and office holders; others know the names alone. */
export const seesInstitutions = (viewer: Viewer): boolean =>
  ['activist', 'team_lead', 'cso_member', 'coordinator'].includes(viewer.role);

export const mayEditPeople: May<unknown> = (viewer) => viewer.role === 'coordinator';

export const mayEditRules: May<unknown> = (viewer) => viewer.role === 'administrator';
/** Those who set them and those who count with them. */
export const seesRules = (viewer: Viewer): boolean => seesInstitutions(viewer) || mayEditRules(viewer, null);

/** A kind of office is many: a letter goes to one of them. */
export const isAddressable = ({ level, of }: Pick<InstitutionEntry, 'level' | 'of'>): boolean =>
  level === 'central' || of !== null;

export const institutionRules: Record<InstitutionAbility, May<InstitutionEntry>> = {
  editPeople: mayEditPeople,
  writeLetter: (viewer, entry) =>
    isAddressable(entry) &&
    (viewer.role === 'coordinator' ||
      ((viewer.role === 'activist' || viewer.role === 'team_lead') &&
        viewer.municipality !== null &&
        (entry.municipality === null || entry.municipality === viewer.municipality))),
};

export const replyRuleRules: Record<ReplyRuleAbility, May<null>> = { editRules: mayEditRules };
