// Duty: who could be asked for a case: how each organisation fits, how busy it is, what consent it has. Nobody is hidden for not fitting.
import type { Organisation } from '../../../shared/directory.ts';
import type { Provider, ReferralWarning, Service } from '../../../shared/referrals.ts';
import type { Viewer } from '../../policy.ts';
import { type CaseFile, caseFor } from '../cases/cases.queries.ts';
import { organisationsFor } from '../directory/organisations.queries.ts';
import { organisationsWithAccounts } from '../directory/users.queries.ts';
import { liveConsentFor } from '../identities/consents.queries.ts';
import { type ReferralFile, ReferralModel } from './referrals.model.ts';

async function countByRecipient(match: Record<string, unknown>): Promise<Map<string, number>> {
  const counts = await ReferralModel.aggregate<{ _id: string; count: number }>([
    { $match: match },
    { $group: { _id: '$recipient', count: { $sum: 1 } } },
  ]);
  return new Map(counts.map(({ _id, count }) => [_id, count]));
}

const underWay = { status: { $in: ['pending', 'accepted', 'in_progress'] } };

/** Those that fit first, then those with most room, then by name. */
export async function providersFor(viewer: Viewer, caseId: string, service?: Service): Promise<Provider[]> {
  const caseFile = await caseFor(viewer, caseId);
  const organisations = (await organisationsFor(viewer)).filter(({ active }) => active);
  const ids = organisations.map(({ id }) => id);
  const [load, givenBefore, withAccounts, consents] = await Promise.all([
    countByRecipient({ recipient: { $in: ids }, ...underWay }),
    service
      ? countByRecipient({ recipient: { $in: ids }, service, status: 'completed' })
      : new Map<string, number>(),
    organisationsWithAccounts(ids),
    Promise.all(ids.map((id) => liveConsentFor(caseId, 'referral', id))),
  ]);
  const providers = organisations.map(
    (organisation, at): Provider => ({
      id: organisation.id,
      name: organisation.name,
      shortName: organisation.shortName,
      kind: organisation.kind,
      servesTheme: organisation.themes.includes(caseFile.theme),
      servesService: servesService(organisation, service),
      servesMunicipality: organisation.municipalities.includes(caseFile.municipality),
      givenBefore: givenBefore.get(organisation.id) ?? 0,
      openReferrals: load.get(organisation.id) ?? 0,
      capacity: organisation.capacity,
      hasAccounts: withAccounts.has(organisation.id),
      consentedFields: consents[at]?.fields ?? [],
      oneself: viewer.organisation === organisation.id,
    }),
  );
  return providers.sort(
    (a, b) => fitness(b) - fitness(a) || room(b) - room(a) || a.name.localeCompare(b.name),
  );
}

/** A list that nobody has filled says nothing against it. */
const servesService = ({ services }: Pick<Organisation, 'services'>, service: Service | undefined) =>
  service === undefined || services.length === 0 ? null : services.includes(service);

const fitness = ({ servesTheme, servesService, servesMunicipality, oneself }: Provider) =>
  oneself ? -1 : Number(servesTheme) + Number(servesMunicipality) + Number(servesService ?? 0.5);
/** Where no capacity is known, a load counts against nothing. */
const room = ({ capacity, openReferrals }: Provider) =>
  capacity === null ? -openReferrals / 1000 : capacity - openReferrals;

/** What the sender should know of the recipient: it may be asked all the same. */
export async function recipientWarnings(
  viewer: Viewer,
  referral: Pick<ReferralFile, 'recipient' | 'service'> & Pick<CaseFile, 'theme' | 'municipality'>,
): Promise<ReferralWarning[]> {
  const organisation = (await organisationsFor(viewer)).find(({ id }) => id === referral.recipient);
  if (!organisation) return [];
  const load =
    (await countByRecipient({ recipient: organisation.id, ...underWay })).get(organisation.id) ?? 0;
  const warnings: ReferralWarning['code'][] = [];
  if (!organisation.themes.includes(referral.theme)) warnings.push('not_their_theme');
  if (servesService(organisation, referral.service) === false) warnings.push('not_their_service');
  if (!organisation.municipalities.includes(referral.municipality)) warnings.push('not_their_municipality');
  if (organisation.capacity !== null && load > organisation.capacity) warnings.push('over_capacity');
  return warnings.map((code) => ({ path: ['recipient'], code }));
}
