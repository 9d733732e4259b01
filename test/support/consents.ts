// Duty: build valid consents and vault values for tests, all invented; the people who meet a consent, and their requests. No expectations here.
import { newId } from '../../shared/api.ts';
import type { ConsentGive } from '../../shared/consents.ts';
import { inDays } from './cases.ts';
import type { Person, Reply, TestServer } from './server.ts';

/** Values that must never be found outside the vault. No real person has them. */
export const planted = {
  name: 'Zylfije Plantedsecretova',
  phone: '+383 49 555 017',
  address: 'Rruga e Fshehtë 999, kati 7',
  idNumber: '9876512340',
  point: '42.661237, 21.088451',
  guardian: 'Hidden Guardianovska',
} as const;

/** What to look for: the values, and the pieces a careless line could carry. */
export const plantedTraces = [
  'Plantedsecretova',
  'Zylfije',
  '+383 49 555 017',
  '+38349555017',
  '555017',
  '555 017',
  'e Fshehtë',
  '9876512340',
  '42.661237',
  '21.088451',
  'Guardianovska',
];

export function consentInput(askedBy: string, changes: Partial<ConsentGive> = {}): ConsentGive {
  return {
    id: newId(),
    purpose: 'case_work',
    recipient: null,
    fields: [],
    form: 'oral',
    language: 'sq',
    givenBy: 'person',
    askedBy,
    givenOn: inDays(-1),
    expiresOn: inDays(365),
    textVersion: '2026-11',
    legalBasis: 'explicit_consent',
    ...changes,
  };
}

/** Asked for by whoever records it, unless somebody else is named. */
export const give = (by: Person, id: string, changes: Partial<ConsentGive> = {}, askedBy = by) =>
  by.post(`/api/cases/${id}/consents`, consentInput(askedBy.id, changes));

export const withdraw = (by: Person, id: string, body: object = {}) =>
  by.post(`/api/cases/${id}/consents/withdraw`, body);

export const consentsOf = async (by: Person, id: string) => (await by.get(`/api/cases/${id}/consents`)).body;

/** What is changed of a consent so that a partner may be told of need and telephone. */
export const toPartner = (recipient: string) => ({
  purpose: 'referral' as const,
  recipient,
  fields: ['need' as const, 'phone' as const],
});

/** Code by field of what was refused. */
export const codesOf = ({ body }: Reply<any>): Record<string, string> =>
  Object.fromEntries(
    body.error.faults.map(({ path, code }: { path: string[]; code: string }) => [path.join('.'), code]),
  );

/** Who meets a consent: the partner belongs to the first of two organisations. */
export async function consentCast(server: TestServer) {
  const coordinator = await server.as('coordinator', { name: 'First coordinator' });
  const [first, other] = (await coordinator.get('/api/organisations')).body.data as { id: string }[];
  return {
    coordinator,
    second: await server.as('coordinator', { name: 'Second coordinator' }),
    activist: await server.as('activist', { name: 'Asker' }),
    lead: await server.as('team_lead'),
    stranger: await server.as('activist', { municipality: 'prizren' }),
    partner: await server.as('cso_member', { organisation: first!.id }),
    organisation: first!.id,
    otherOrganisation: other!.id,
  };
}
