// Duty: who needs a second factor, and who still owes one. Told once at start; what follows from it is http/session.ts.
import type { Role } from '../../../shared/directory.ts';

/** R15 names the leads of partner organisations; nobody here is marked as one, so every member of a partner may be. */
const rolesInNeed: readonly Role[] = ['coordinator', 'administrator', 'cso_member'];

let isRequired = false;

/** From the environment, before anybody is served. */
export function requireSecondFactor(required: boolean): void {
  isRequired = required;
}

export const needsSecondFactor = ({ role }: { role: Role }): boolean =>
  isRequired && rolesInNeed.includes(role);

export const owesSecondFactor = (user: { role: Role; secondFactor?: unknown }): boolean =>
  needsSecondFactor(user) && !user.secondFactor;
