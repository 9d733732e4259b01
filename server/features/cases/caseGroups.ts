// Duty: which rows of the index belong together because of something outside a case: a guest, a structural issue, a campaign.
import type { CaseFilter } from '../../../shared/cases.ts';
import type { CaseForIndex } from './cases.queries.ts';

const ofIssue = (id: string) => `issue ${id}`;
const ofCampaign = (id: string) => `campaign ${id}`;

/** Whether a group is a structural issue's. */
export const isIssueGroup = (name: string): boolean => name.startsWith('issue ');

/** The groups that a case is in. Cases older than issues and campaigns have neither field. */
export const groupsOf = ({
  issue,
  campaigns,
}: Partial<Pick<CaseForIndex, 'issue' | 'campaigns'>>): string[] => [
  ...(issue ? [ofIssue(issue)] : []),
  ...(campaigns ?? []).map(ofCampaign),
];

/** The groups that a filter asks for: a case must be in each. */
export const groupsAsked = ({ issue, campaign }: CaseFilter): string[] => [
  ...(issue ? [ofIssue(issue)] : []),
  ...(campaign ? [ofCampaign(campaign)] : []),
];

const none: ReadonlySet<number> = new Set();

/** Few rows are in any group, so each group is a set. */
export class RowGroups {
  readonly #rows = new Map<string, Set<number>>();
  readonly #names = new Map<number, readonly string[]>();

  rowsOf(name: string): ReadonlySet<number> {
    return this.#rows.get(name) ?? none;
  }

  has(row: number, isWanted: (name: string) => boolean): boolean {
    return this.#names.get(row)?.some(isWanted) ?? false;
  }

  /** The row is in these groups from now on, and in no other. */
  set(row: number, names: readonly string[]): void {
    for (const before of this.#names.get(row) ?? []) {
      const rows = this.#rows.get(before);
      rows?.delete(row);
      if (rows?.size === 0) this.#rows.delete(before);
    }
    if (names.length === 0) this.#names.delete(row);
    else this.#names.set(row, names);
    for (const name of names) this.#rows.set(name, (this.#rows.get(name) ?? new Set<number>()).add(row));
  }
}
