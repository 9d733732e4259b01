// Duty: whether a letter that waited may still go to its address. Whom to write to in the first place is users.queries.ts and organisations.queries.ts.
import { OrganisationModel } from './organisations.model.ts';
import { UserModel } from './users.model.ts';

/** True where the address is that of somebody deactivated since, or of an organisation that is no longer active, and of nobody else. */
export async function isAddressOfNobodyNow(address: string): Promise<boolean> {
  const email = address.trim().toLowerCase();
  const user = await UserModel.findOne({ email }, { active: 1 }).lean();
  if (user) return !user.active;
  const organisations = await OrganisationModel.find({}, { active: 1, contact: 1 }).lean();
  const named = organisations.filter(({ contact }) => contact.toLowerCase().includes(email));
  return named.length > 0 && named.every(({ active }) => !active);
}
