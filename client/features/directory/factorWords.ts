// Duty: in which words the administrator reads how somebody stands with the second factor.
import type { UserRecord } from '../../../shared/directory.ts';

export const factorWords = ({ secondFactorSince, secondFactorOwed }: UserRecord) =>
  secondFactorSince
    ? 'directory.factor.isOn'
    : secondFactorOwed
      ? 'directory.factor.isOwed'
      : 'directory.factor.isOff';
