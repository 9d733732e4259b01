// Duty: what each role may do at all, and whom they may see by name. What they may do to one case is the case's own policy.
import type {
  Colleague,
  MeAbility,
  OrganisationAbility,
  Role,
  UserAbility,
} from '../../../shared/directory.ts';
import { municipalRoles } from '../../../shared/directory.ts';
import type { May, Viewer } from '../../policy.ts';

const oneOf =
  (...roles: Role[]): May<unknown> =>
  (viewer) =>
    roles.includes(viewer.role);

export const mayManageUsers = oneOf('administrator');
export const mayManageOrganisations = oneOf('administrator');

export const meRules: Record<MeAbility, May<null>> = {
  logCase: oneOf('activist', 'team_lead', 'coordinator'),
  listCases: oneOf('activist', 'team_lead', 'cso_member', 'coordinator'),
  viewMap: oneOf('activist', 'team_lead', 'cso_member', 'coordinator'),
  viewAdvocacy: oneOf('activist', 'team_lead', 'coordinator'),
  triage: oneOf('team_lead', 'coordinator'),
  bulkAssign: oneOf('coordinator'),
  handOver: oneOf('team_lead', 'coordinator'),
  answerEquity: oneOf('activist', 'team_lead', 'cso_member', 'coordinator'),
  readEquity: oneOf('coordinator'),
  reviewOverrides: oneOf('coordinator'),
  manageUsers: mayManageUsers,
  manageOrganisations: mayManageOrganisations,
  readLog: oneOf('administrator'),
  viewRetention: oneOf('administrator', 'coordinator'),
  viewProgress: oneOf('coordinator', 'funder'),
  makeFigures: oneOf('coordinator'),
};

interface UserFacts {
  joined: boolean;
  active: boolean;
  locked: boolean;
  secondFactor: boolean;
  isOwn: boolean;
}

export const userRules: Record<UserAbility, May<UserFacts>> = {
  revise: mayManageUsers,
  resendInvitation: (viewer, user) => mayManageUsers(viewer, user) && !user.joined && user.active,
  unlock: (viewer, user) => mayManageUsers(viewer, user) && user.locked,
  resetSecondFactor: (viewer, user) => mayManageUsers(viewer, user) && user.secondFactor && !user.isOwn,
};

export const organisationRules: Record<OrganisationAbility, May<unknown>> = {
  revise: mayManageOrganisations,
};

/** Names of colleagues stay among those who work together; a funder sees none. */
export const maySeeColleague: May<Colleague> = (viewer: Viewer, colleague: Colleague) => {
  if (viewer.id === colleague.id && viewer.role !== 'funder') return true;
  switch (viewer.role) {
    case 'administrator':
    case 'coordinator':
      return true;
    case 'activist':
    case 'team_lead':
      return (
        colleague.role === 'coordinator' ||
        (municipalRoles.includes(colleague.role) && colleague.municipality === viewer.municipality)
      );
    case 'cso_member':
      return (
        colleague.role === 'coordinator' ||
        (colleague.role === 'cso_member' && colleague.organisation === viewer.organisation)
      );
    case 'funder':
      return false;
  }
};

/** Retired organisations, and those that are not yet asked, are the administrator's alone. */
export const maySeeOrganisation: May<{ active: boolean }> = (viewer, organisation) =>
  organisation.active || mayManageOrganisations(viewer, null);
