// Duty: the example accounts, one per role, marked as example data.
import { exampleUsers } from '../server/features/directory/exampleAccounts.ts';
import { recordExampleUsers } from '../server/features/directory/users.commands.ts';
import { organisationsFromFacts } from './organisations.ts';

export function seedUsers(): Promise<void> {
  const organisations = organisationsFromFacts();
  const idOf = (partner: string | null) =>
    organisations.find(({ shortName }) => shortName === partner)?.id ?? null;
  return recordExampleUsers(
    exampleUsers.map(({ partner, ...user }) => ({ ...user, organisation: idOf(partner) })),
  );
}
