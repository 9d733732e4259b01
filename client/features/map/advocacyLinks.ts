// Duty: where a line of the panel beside the map leads: to one record, or to the list of exactly what is counted there.
import type { MunicipalitySlug } from '../../../shared/directoryLists.ts';
import type { AdvocacyLayer } from '../../../shared/mapAdvocacy.ts';
import { paths } from '../../app/paths.ts';

const lists: Record<AdvocacyLayer, { list: string; counted: string }> = {
  commitments: { list: paths.commitments.href(), counted: 'slipping=true' },
  letters: { list: paths.letters.href(), counted: 'unanswered=true' },
  campaigns: { list: paths.campaigns.href(), counted: 'underWay=true' },
  issues: { list: paths.issues.href(), counted: 'status=live' },
};

/** Null: what is of no municipality. */
export const countedHref = (layer: AdvocacyLayer, municipality: MunicipalitySlug | null): string =>
  `${lists[layer].list}?municipality=${municipality ?? 'none'}&${lists[layer].counted}`;

export const recordHref: Record<AdvocacyLayer, (id: string) => string> = {
  commitments: paths.commitment.href,
  letters: paths.letter.href,
  campaigns: paths.campaign.href,
  issues: paths.issue.href,
};
