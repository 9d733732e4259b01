// Duty: the shape of a unified test file, as far as this runner reads it, and which of its tests can run here.
export type EntitySpec = Record<
  string,
  { id: string; client?: string; database?: string; [option: string]: unknown }
>;

export interface Requirement {
  minServerVersion?: string;
  maxServerVersion?: string;
  topologies?: string[];
  serverParameters?: object;
  auth?: boolean;
  csfle?: unknown;
  serverless?: string;
}

export interface Step {
  name: string;
  object: string;
  arguments?: Record<string, unknown>;
  expectResult?: unknown;
  expectError?: ExpectedError;
  ignoreResultAndError?: boolean;
  saveResultAsEntity?: string;
}

export interface ExpectedError {
  isError?: boolean;
  isClientError?: boolean;
  isTimeoutError?: boolean;
  errorContains?: string;
  errorCode?: number;
  errorCodeName?: string;
  errorLabelsContain?: string[];
  errorLabelsOmit?: string[];
  errorResponse?: unknown;
  expectResult?: unknown;
  writeErrors?: Record<string, unknown>;
  writeConcernErrors?: unknown;
}

export interface CollectionData {
  databaseName: string;
  collectionName: string;
  documents: Record<string, unknown>[];
  createOptions?: object;
}

export interface UnifiedTest {
  description: string;
  runOnRequirements?: Requirement[];
  skipReason?: string;
  operations: Step[];
  outcome?: CollectionData[];
}

export interface UnifiedFile {
  description: string;
  runOnRequirements?: Requirement[];
  createEntities?: EntitySpec[];
  initialData?: CollectionData[];
  tests: UnifiedTest[];
}

/** Why a file or test cannot run against this server, or undefined when it can. */
export function unmet(requirements: Requirement[] | undefined, version: string): string | undefined {
  if (!requirements || requirements.length === 0) return undefined;
  const reasons = requirements.map((each) => unmetOne(each, version));
  return reasons.includes(undefined) ? undefined : reasons[0];
}

function unmetOne(requirement: Requirement, version: string): string | undefined {
  const {
    minServerVersion: least,
    maxServerVersion: most,
    topologies,
    serverParameters,
    auth,
    csfle,
    serverless,
  } = requirement;
  if (least && compareVersions(version, least) < 0) return `version: needs at least ${least}`;
  if (most && compareVersions(version, most) > 0) return `version: needs at most ${most}`;
  if (topologies && !topologies.includes('single')) return `topology: needs ${topologies.join(' or ')}`;
  if (auth === true) return 'topology: needs authentication';
  if (csfle) return 'topology: needs client-side encryption';
  if (serverless === 'require') return 'topology: needs a serverless cluster';
  return serverParameters && Object.keys(serverParameters).length > 0
    ? 'topology: needs server parameters'
    : undefined;
}

function compareVersions(left: string, right: string): number {
  const parts = (text: string) => text.split('.').map(Number);
  const [a, b] = [parts(left), parts(right)];
  for (let at = 0; at < 3; at++) {
    const order = (a[at] ?? 0) - (b[at] ?? 0);
    if (order !== 0) return order;
  }
  return 0;
}
