// Duty: put a promise on record, and correct what was recorded. What moves with time is commitmentMoves.commands.ts.
import type { CommitmentCreate, CommitmentRevise } from '../../../shared/commitments.ts';
import { clock, dayOf } from '../../clock.ts';
import { conflict, type FieldFault, invalid, notFound } from '../../errors.ts';
import { ensure, type Viewer } from '../../policy.ts';
import { institutionsFor } from '../institutions/institutions.queries.ts';
import { alarmsOf, changeCommitment, ensureCurrent } from './change.ts';
import { commitmentChanged } from './commitments.live.ts';
import { type CommitmentFile, CommitmentModel, nextCommitmentReference, noDay } from './commitments.model.ts';
import { mayRecord, mayRevise, seesCommitments } from './commitments.policy.ts';
import { commitmentFor } from './commitments.queries.ts';
import { type Links, linkFaults } from './links.queries.ts';
import { maySeeSource, openSource } from './sources.commands.ts';

const duplicateKey = 11000;

type About = Pick<
  CommitmentCreate,
  'words' | 'sourceId' | 'institutionId' | 'municipality' | 'promisedOn' | 'dueOn' | 'formality'
> &
  Links;

/** Every fault at once, each with its field: unknown duty bearer, no words and no document, days that do not follow each other. */
async function faultsOf(viewer: Viewer, about: About, now: Date, before?: Links): Promise<FieldFault[]> {
  const faults = await linkFaults(viewer, about, before);
  const complain = (field: string, code: string) => faults.push({ path: [field], code });
  const today = dayOf(now);
  if (!about.words && !about.sourceId) complain('words', 'words_or_source');
  if (about.sourceId && !(await maySeeSource(viewer, about.sourceId))) complain('sourceId', 'not_found');
  const institution = (await institutionsFor(viewer)).find(({ id }) => id === about.institutionId);
  if (!institution) complain('institutionId', 'not_found');
  else if (institution.level === 'municipal' && !about.municipality) complain('municipality', 'required');
  else if (institution.level === 'central' && about.municipality && !institution.hasLocalOffices)
    complain('municipality', 'no_local_office');
  if (about.promisedOn === null && about.formality !== 'sought') complain('promisedOn', 'required');
  if (about.promisedOn && about.promisedOn > today) complain('promisedOn', 'in_the_future');
  if (about.promisedOn && about.dueOn && about.dueOn < about.promisedOn) complain('dueOn', 'before_promise');
  return faults;
}

/** Made once however often it is asked for with the same id; a coordinator's own needs no approval. */
export async function recordCommitment(
  viewer: Viewer,
  input: CommitmentCreate,
  now = clock.now(),
): Promise<{ commitment: CommitmentFile; made: boolean }> {
  if (!seesCommitments(viewer)) throw notFound();
  ensure(mayRecord, viewer, null);
  const earlier = await CommitmentModel.findOne({ _id: input.id }).lean<CommitmentFile>();
  if (earlier?.author === viewer.id) return { commitment: earlier, made: false };
  if (earlier) throw conflict('id.taken');
  const faults = await faultsOf(viewer, input, now);
  if (faults.length > 0) throw invalid(faults, 'commitment.refused');
  const { id, dueOn, nextCheckOn, ...about } = input;
  const today = dayOf(now);
  const status = viewer.role === 'coordinator' ? 'open' : 'proposed';
  const days = { dueOn: dueOn ?? noDay, nextCheckOn: nextCheckOn ?? noDay, lookedAtOn: today };
  const commitment: CommitmentFile = {
    _id: id,
    version: 1,
    reference: await nextCommitmentReference(today.slice(0, 4)),
    ...about,
    ...days,
    titles: null,
    summary: '',
    responsible: [],
    status,
    closedAs: null,
    closeReason: '',
    authorityReported: null,
    reportedOn: null,
    reportNote: '',
    verified: null,
    deadlines: [],
    slips: 0,
    checks: [],
    evidence: [],
    author: viewer.id,
    alarms: alarmsOf({ status, ...days }),
    createdAt: now,
    changedAt: now,
    history: [{ at: now, by: viewer.id, event: 'record', from: null, to: status }],
    example: viewer.example,
  };
  await CommitmentModel.create(commitment).catch((error: unknown) => {
    if ((error as { code?: number }).code === duplicateKey) throw conflict('id.taken');
    throw error;
  });
  if (status === 'open') await openSource(commitment.sourceId);
  commitmentChanged(commitment, viewer.id);
  return { commitment, made: true };
}

/** Corrections: only what was sent and differs. Nothing different changes nothing. */
export async function reviseCommitment(
  viewer: Viewer,
  id: string,
  { version, ...input }: CommitmentRevise,
  now = clock.now(),
): Promise<CommitmentFile> {
  const commitment = await commitmentFor(viewer, id);
  ensure(mayRevise, viewer, commitment);
  ensureCurrent(commitment, version);
  const fields = (Object.keys(input) as (keyof typeof input)[]).filter(
    (field) => JSON.stringify(input[field]) !== JSON.stringify(commitment[field]),
  );
  if (fields.length === 0) return commitment;
  const set = Object.fromEntries(fields.map((field) => [field, input[field]])) as Partial<CommitmentFile>;
  const after = { ...commitment, ...set };
  const faults = await faultsOf(
    viewer,
    {
      ...after,
      dueOn: after.dueOn === noDay ? null : after.dueOn,
      institutionId: after.institutionId ?? '',
    },
    now,
    commitment,
  );
  // Documents that bind many name no single duty bearer, and a promise recorded long ago may lie in what is corrected elsewhere.
  const own = faults.filter(
    ({ path }) => fields.includes(path[0] as keyof typeof input) || path[0] === 'words',
  );
  if (own.length > 0) throw invalid(own, 'commitment.refused');
  const changed = await changeCommitment(
    commitment,
    { set, entry: { by: viewer.id, event: 'revise', fields } },
    now,
  );
  if (changed.status === 'open') await openSource(changed.sourceId);
  return changed;
}
