// Duty: the accounts of the example data, one per role, with their published password. Invented persons; made by the seeds.
import type { ExampleAccount, Language, UserFields } from '../../../shared/directory.ts';

/** Published here and on the sign-in page: such accounts sign in on a server that only its own machine can reach. */
const examplePassword = 'seven towns one map';

interface ExampleUser extends ExampleAccount {
  language: Language;
  /** Short name of the documented partner they work for. */
  partner: string | null;
}

export const exampleUsers: readonly ExampleUser[] = [
  example('activist.ferizaj', 'Example Activist (Ferizaj)', 'activist', 'sq', 'ferizaj'),
  example('lead.ferizaj', 'Example Team Lead (Ferizaj)', 'team_lead', 'sq', 'ferizaj'),
  example('activist.gjakova', 'Example Activist (Gjakova)', 'activist', 'sq', 'gjakova'),
  { ...example('member.vorae', 'Example CSO Member (VoRAE)', 'cso_member', 'sr'), partner: 'VoRAE' },
  example('coordinator', 'Example Coordinator', 'coordinator', 'en'),
  example('funder', 'Example Funder', 'funder', 'en'),
  example('administrator', 'Example Administrator', 'administrator', 'en'),
];

function example(
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
