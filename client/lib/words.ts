// Duty: which words come when: those of the frame at once, those of a slice when its page or panel is first opened. How words are said: i18n.tsx.
import type { Language } from '../../shared/directory.ts';
import type { Messages } from '../../shared/i18n/messages.ts';

/** The languages that say everything; Romani borrows from one of them. */
export type Complete = Exclude<Language, 'rom'>;
type Words = Partial<Messages>;

const frames: Record<Complete, () => Promise<{ frame: Words }>> = {
  sq: () => import('../../shared/i18n/sq/frame.ts'),
  sr: () => import('../../shared/i18n/sr/frame.ts'),
  en: () => import('../../shared/i18n/en/frame.ts'),
};

/** Whose words a page or panel needs beside the frame's. A test holds that every slice of words is in one of the two. */
const slices = {
  advocacy: {
    sq: async () => (await import('../../shared/i18n/sq/advocacy.ts')).advocacy,
    sr: async () => (await import('../../shared/i18n/sr/advocacy.ts')).advocacy,
    en: async () => (await import('../../shared/i18n/en/advocacy.ts')).advocacy,
  },
  audit: {
    sq: async () => (await import('../../shared/i18n/sq/audit.ts')).audit,
    sr: async () => (await import('../../shared/i18n/sr/audit.ts')).audit,
    en: async () => (await import('../../shared/i18n/en/audit.ts')).audit,
  },
  accounts: {
    sq: async () => (await import('../../shared/i18n/sq/accounts.ts')).accounts,
    sr: async () => (await import('../../shared/i18n/sr/accounts.ts')).accounts,
    en: async () => (await import('../../shared/i18n/en/accounts.ts')).accounts,
  },
  commitments: {
    sq: async () => (await import('../../shared/i18n/sq/commitments.ts')).commitments,
    sr: async () => (await import('../../shared/i18n/sr/commitments.ts')).commitments,
    en: async () => (await import('../../shared/i18n/en/commitments.ts')).commitments,
  },
  campaigns: {
    sq: async () => (await import('../../shared/i18n/sq/campaigns.ts')).campaigns,
    sr: async () => (await import('../../shared/i18n/sr/campaigns.ts')).campaigns,
    en: async () => (await import('../../shared/i18n/en/campaigns.ts')).campaigns,
  },
  directory: {
    sq: async () => (await import('../../shared/i18n/sq/directory.ts')).directory,
    sr: async () => (await import('../../shared/i18n/sr/directory.ts')).directory,
    en: async () => (await import('../../shared/i18n/en/directory.ts')).directory,
  },
  home: {
    sq: async () => (await import('../../shared/i18n/sq/home.ts')).home,
    sr: async () => (await import('../../shared/i18n/sr/home.ts')).home,
    en: async () => (await import('../../shared/i18n/en/home.ts')).home,
  },
  identities: {
    sq: async () => (await import('../../shared/i18n/sq/identities.ts')).identities,
    sr: async () => (await import('../../shared/i18n/sr/identities.ts')).identities,
    en: async () => (await import('../../shared/i18n/en/identities.ts')).identities,
  },
  institutions: {
    sq: async () => (await import('../../shared/i18n/sq/institutions.ts')).institutions,
    sr: async () => (await import('../../shared/i18n/sr/institutions.ts')).institutions,
    en: async () => (await import('../../shared/i18n/en/institutions.ts')).institutions,
  },
  issues: {
    sq: async () => (await import('../../shared/i18n/sq/issues.ts')).issues,
    sr: async () => (await import('../../shared/i18n/sr/issues.ts')).issues,
    en: async () => (await import('../../shared/i18n/en/issues.ts')).issues,
  },
  logging: {
    sq: async () => (await import('../../shared/i18n/sq/logging.ts')).logging,
    sr: async () => (await import('../../shared/i18n/sr/logging.ts')).logging,
    en: async () => (await import('../../shared/i18n/en/logging.ts')).logging,
  },
  map: {
    sq: async () => (await import('../../shared/i18n/sq/map.ts')).map,
    sr: async () => (await import('../../shared/i18n/sr/map.ts')).map,
    en: async () => (await import('../../shared/i18n/en/map.ts')).map,
  },
  notifications: {
    sq: async () => (await import('../../shared/i18n/sq/notifications.ts')).notifications,
    sr: async () => (await import('../../shared/i18n/sr/notifications.ts')).notifications,
    en: async () => (await import('../../shared/i18n/en/notifications.ts')).notifications,
  },
  referrals: {
    sq: async () => (await import('../../shared/i18n/sq/referrals.ts')).referrals,
    sr: async () => (await import('../../shared/i18n/sr/referrals.ts')).referrals,
    en: async () => (await import('../../shared/i18n/en/referrals.ts')).referrals,
  },
  retention: {
    sq: async () => (await import('../../shared/i18n/sq/retention.ts')).retention,
    sr: async () => (await import('../../shared/i18n/sr/retention.ts')).retention,
    en: async () => (await import('../../shared/i18n/en/retention.ts')).retention,
  },
  summaries: {
    sq: async () => (await import('../../shared/i18n/sq/summaries.ts')).summaries,
    sr: async () => (await import('../../shared/i18n/sr/summaries.ts')).summaries,
    en: async () => (await import('../../shared/i18n/en/summaries.ts')).summaries,
  },
} satisfies Record<string, Record<Complete, () => Promise<Words>>>;

export type WordSlice = keyof typeof slices;
export const wordSlices = Object.keys(slices) as WordSlice[];

/** One growing table per language spoken since the page was loaded. */
const tables = new Map<Complete, Words>();
const wanted = new Set<WordSlice>();

const fill = (language: Complete, table: Words, names: Iterable<WordSlice>) =>
  Promise.all([...names].map(async (name) => Object.assign(table, await slices[name][language]())));

/** The frame's words in that language, and those of every slice that was opened before. The table grows in place. */
export async function wordsOf(language: Complete): Promise<Words> {
  const table = tables.get(language) ?? {};
  tables.set(language, table);
  Object.assign(table, (await frames[language]()).frame);
  await fill(language, table, wanted);
  return table;
}

/** Waits until these slices can be spoken of. Rejects as a page's own code would, when the server has newer ones. */
export async function openWords(...names: WordSlice[]): Promise<void> {
  for (const name of names) wanted.add(name);
  await Promise.all([...tables].map(([language, table]) => fill(language, table, names)));
}
