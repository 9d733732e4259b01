// Duty: what each role may do at all. What they may do to one case is the case's own policy.
import type { MeAbility, Role } from '../../../shared/directory.ts';
import type { May } from '../../policy.ts';

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
  triage: oneOf('team_lead', 'coordinator'),
  bulkAssign: oneOf('coordinator'),
  handOver: oneOf('team_lead', 'coordinator'),
  manageUsers: mayManageUsers,
  manageOrganisations: mayManageOrganisations,
  viewProgress: oneOf('coordinator', 'funder'),
};
