// Duty: the example accounts, one per role, marked as example data.
import { exampleUsers } from '../server/features/directory/exampleAccounts.ts';
import { recordExampleUser } from '../server/features/directory/users.commands.ts';
import { organisationsFromFacts } from './organisations.ts';

export async function seedUsers(): Promise<void> {
  const organisations = organisationsFromFacts();
  for (const { email, password, name, role, municipality, language, partner } of exampleUsers) {
    const organisation = organisations.find(({ shortName }) => shortName === partner)?.id ?? null;
    await recordExampleUser({ email, password, name, role, municipality, organisation, language });
  }
}
