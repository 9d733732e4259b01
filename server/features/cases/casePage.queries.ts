// Duty: the page of one case for whoever opens it, from memory where that is proved to be the case as it is now. Words are the presenter's.
import { JsonAround } from '../../http/endpoint.ts';
import { abilitiesOf, type Viewer } from '../../policy.ts';
import { provenVersionOf } from './caseIndexFeed.ts';
import { caseRules } from './cases.policy.ts';
import { presentPage } from './cases.present.ts';
import { caseFor, isVisibleTo } from './cases.queries.ts';
import { audienceOf, pageGroundFor, pageMemory } from './pageMemory.ts';

/**
 * Throws 404 when the viewer does not see it. The order matters: the version is asked for after the names, so that the page
 * is as fresh as the later of them; what is not in memory, or not in this viewer's scope, is asked of the database.
 */
export async function casePageFor(viewer: Viewer, id: string): Promise<JsonAround> {
  const ground = await pageGroundFor(viewer);
  const version = await provenVersionOf(id);
  const kept = version === null ? null : pageMemory.find(id, version, ground);
  const page = kept?.pages[audienceOf(viewer)];
  if (kept && page && isVisibleTo(viewer, kept.subject))
    return answerOf(page, abilitiesOf(caseRules, viewer, kept.subject));
  const caseFile = await caseFor(viewer, id);
  const { data, abilities } = await presentPage(viewer, caseFile);
  const made = bytesOf(JSON.stringify(data));
  // Which other case this one repeats is told only to those who see both.
  if (version !== null && caseFile.duplicateOf === null)
    pageMemory.keep(caseFile, audienceOf(viewer), made, ground);
  return answerOf(made, abilities);
}

const answerOf = (data: Buffer, abilities: Record<string, boolean>): JsonAround =>
  new JsonAround('{"data":', data, `,"abilities":${JSON.stringify(abilities)}}`);

/** In memory of its own: a slice of Node's pool would keep its neighbours alive. */
function bytesOf(text: string): Buffer {
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text));
  bytes.write(text);
  return bytes;
}
