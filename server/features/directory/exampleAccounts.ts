// Duty: the accounts of the example data, one per role, with their published password. Invented persons; made by the seeds.
import type { ExampleAccount, Language, UserFields } from '../../../shared/directory.ts';

/** Published here and on the sign-in page: such accounts sign in on a server that only its own machine can reach. */
const examplePassword = 'seven towns one map';

export interface ExampleUser extends ExampleAccount {
  language: Language;
  /** Short name of the documented partner they work for. */
  partner: string | null;
}

export const exampleUsers: readonly ExampleUser[] = [
  exampleUserOf('activist.ferizaj', 'Example Activist (Ferizaj)', 'activist', 'sq', 'ferizaj'),
  exampleUserOf('lead.ferizaj', 'Example Team Lead (Ferizaj)', 'team_lead', 'sq', 'ferizaj'),
  exampleUserOf('activist.gjakova', 'Example Activist (Gjakova)', 'activist', 'sq', 'gjakova'),
  { ...exampleUserOf('member.vorae', 'Example CSO Member (VoRAE)', 'cso_member', 'sr'), partner: 'VoRAE' },
  exampleUserOf('coordinator', 'Example Coordinator', 'coordinator', 'en'),
  exampleUserOf('funder', 'Example Funder', 'funder', 'en'),
  exampleUserOf('administrator', 'Example Administrator', 'administrator', 'en'),
];

export function exampleUserOf(
  local: string,
  name: string,
  role: UserFields['role'],
  language: Language,
  municipality: UserFields['municipality'] = null,
): ExampleUser {
  const email = `${local}@example.org`;
  return { email, password: examplePassword, name, role, municipality, language, partner: null };
}

export const exampleAccounts: readonly ExampleAccount[] = exampleUsers.map(
  ({ email, password, name, role, municipality }) => ({ email, password, name, role, municipality }),
);
