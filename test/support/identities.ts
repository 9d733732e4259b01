// Duty: the people a test of the vault needs, one case, and the requests they make. No expectations here.
import type { IdentityField } from '../../shared/identities.ts';
import { logged } from './cases.ts';
import { planted } from './consents.ts';
import type { Person, TestServer } from './server.ts';

export const vaultOf = (caseId: string) => `/api/cases/${caseId}/identity`;

export const open = (by: Person, caseId: string, body: object = { reason: 'call_person' }) =>
  by.post(`/api/cases/${caseId}/identity/open`, body);

/** Seals on top of the record as it is now. */
export async function keep(
  by: Person,
  caseId: string,
  fields: Partial<Record<IdentityField, string | null>>,
) {
  const { version } = (await by.get(vaultOf(caseId))).body.data;
  return by.put(vaultOf(caseId), { version, fields });
}

/** One of each role; the activist has logged the case, which has no lead. */
export async function vaultCast(server: TestServer) {
  const activist = await server.as('activist', { name: 'Logger' });
  return {
    activist,
    colleague: await server.as('activist', { name: 'Same team' }),
    lead: await server.as('team_lead', { name: 'Team lead' }),
    coordinator: await server.as('coordinator', { name: 'Coordinator' }),
    stranger: await server.as('activist', { municipality: 'peja' }),
    funder: await server.as('funder'),
    administrator: await server.as('administrator'),
    partner: await server.as('cso_member'),
    caseId: await logged(activist),
  };
}
export type VaultCast = Awaited<ReturnType<typeof vaultCast>>;

/** The same, with every planted value sealed. */
export async function sealedVaultCast(server: TestServer): Promise<VaultCast> {
  const cast = await vaultCast(server);
  await keep(cast.activist, cast.caseId, planted);
  return cast;
}
