// Duty: what makes an issue visible to an organisation beside its cases, said by the slices above, which join here.

export interface IssueGround {
  /** Issues that this organisation may see for that reason. */
  issuesOf(organisation: string): Promise<readonly string[]>;
  /** Organisations that may see this issue for that reason: they hear of its changes. */
  organisationsOf(issue: string): Promise<readonly string[]>;
}

const grounds = new Set<IssueGround>();

/** Joining again changes nothing; the answer leaves again. */
export function widenIssueScope(ground: IssueGround): () => void {
  grounds.add(ground);
  return () => grounds.delete(ground);
}

const all = async (ask: (ground: IssueGround) => Promise<readonly string[]>): Promise<string[]> =>
  (await Promise.all([...grounds].map(ask))).flat();

export const issuesThroughGrounds = (organisation: string) => all((ground) => ground.issuesOf(organisation));
export const organisationsThroughGrounds = (issue: string) => all((ground) => ground.organisationsOf(issue));
