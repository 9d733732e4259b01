// Duty: a user for each audience: for colleagues, for the administrator, for themselves. Hashes and links never pass.
import type { Answer } from '../../../shared/api.ts';
import type { Colleague, Me, MeAbility, UserAbility, UserRecord } from '../../../shared/directory.ts';
import { abilitiesOf, type Viewer } from '../../policy.ts';
import { meRules, userRules } from './directory.policy.ts';
import { needsSecondFactor, owesSecondFactor } from './secondFactor.policy.ts';
import type { User } from './users.model.ts';

export function presentColleague(user: User): Colleague {
  return {
    id: user._id,
    name: user.name,
    role: user.role,
    municipality: user.municipality ?? null,
    organisation: user.organisation ?? null,
    active: user.active,
  };
}

export function presentUser(user: User, lockedUntil: Date | null): UserRecord {
  return {
    ...presentColleague(user),
    email: user.email,
    language: user.language,
    version: user.version,
    invitedAt: user.invitedAt.toISOString(),
    joinedAt: user.joinedAt?.toISOString() ?? null,
    lastSeenAt: user.lastSeenAt?.toISOString() ?? null,
    lockedUntil: lockedUntil?.toISOString() ?? null,
    example: user.example,
    secondFactorSince: user.secondFactor?.since.toISOString() ?? null,
    secondFactorOwed: owesSecondFactor(user),
    secondFactorReset: user.secondFactorReset
      ? {
          at: user.secondFactorReset.at.toISOString(),
          reason: user.secondFactorReset.reason,
        }
      : null,
  };
}

export function presentUserPage(
  viewer: Viewer,
  user: User,
  lockedUntil: Date | null,
): Answer<UserRecord, UserAbility> {
  const facts = {
    joined: user.joinedAt !== null,
    active: user.active,
    locked: lockedUntil !== null,
    secondFactor: Boolean(user.secondFactor),
    isOwn: viewer.id === user._id,
  };
  return { data: presentUser(user, lockedUntil), abilities: abilitiesOf(userRules, viewer, facts) };
}

export function presentMe(viewer: Viewer, own: User): Answer<Me> {
  const { id, name, role, municipality, organisation, language } = viewer;
  const abilities = abilitiesOf<MeAbility, null>(meRules, viewer, null);
  return {
    data: {
      id,
      name,
      email: own.email,
      role,
      municipality,
      organisation,
      language,
      example: own.example,
      secondFactor: {
        since: own.secondFactor?.since.toISOString() ?? null,
        recoveryCodesLeft: own.secondFactor?.recovery.length ?? 0,
        required: needsSecondFactor(own),
      },
      abilities,
    },
    abilities: {} as Record<never, boolean>,
  };
}
