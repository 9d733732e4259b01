// Duty: which users the administrator's filters leave, and how a user stands. Pure.
import type { UserRecord } from '../../../shared/directory.ts';

export const userStatuses = ['active', 'invited', 'locked', 'inactive'] as const;
export type UserStatus = (typeof userStatuses)[number];

export function statusOf(user: UserRecord, now = Date.now()): UserStatus {
  if (!user.active) return 'inactive';
  if (user.lockedUntil && Date.parse(user.lockedUntil) > now) return 'locked';
  return user.joinedAt ? 'active' : 'invited';
}

export const noUserFilter = { words: '', role: '', municipality: '', status: '' };

/** Letters without their marks, so that `gjakove` finds `Gjakovë`. */
export const plain = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'dj');

/** Every word must be found somewhere in the text. */
export function hasWords(text: string, words: string): boolean {
  const where = plain(text);
  return plain(words)
    .split(/\s+/)
    .every((word) => where.includes(word));
}

/** Always a new array. */
export function filterUsers(users: readonly UserRecord[], filter: typeof noUserFilter): UserRecord[] {
  return users.filter(
    (user) =>
      hasWords(`${user.name} ${user.email}`, filter.words) &&
      (!filter.role || user.role === filter.role) &&
      (!filter.municipality || user.municipality === filter.municipality) &&
      (!filter.status || statusOf(user) === filter.status),
  );
}
