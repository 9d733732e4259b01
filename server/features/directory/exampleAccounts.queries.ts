// Duty: which example accounts may be shown with their password: to anybody who can reach a server of one machine, else to nobody.
import type { ExampleAccount } from '../../../shared/directory.ts';
import type { Viewer } from '../../policy.ts';
import { exampleAccounts } from './exampleAccounts.ts';
import type { Settings } from './settings.ts';
import { type User, UserModel } from './users.model.ts';
import { viewerOf } from './users.queries.ts';

/** Null when there are none, or when other machines can reach the server. */
export async function exampleAccountsHere(settings: Settings): Promise<ExampleAccount[] | null> {
  if (!settings.exampleAccounts) return null;
  const here = await UserModel.find({ example: true, active: true })
    .select('email')
    .lean<{ email: string }[]>();
  const offered = exampleAccounts.filter(({ email }) => here.some((user) => user.email === email));
  return offered.length > 0 ? offered : null;
}

/** The example persons as viewers, for seeds that act through the commands. */
export async function exampleViewers(): Promise<Viewer[]> {
  return (await UserModel.find({ example: true, active: true }).sort({ _id: 1 }).lean<User[]>()).map(
    viewerOf,
  );
}
