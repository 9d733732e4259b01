// Duty: pages as their presenter put them into words, for as long as everything that went into them stands. Scopes and freshness are the caller's.
import type { Colleague } from '../../../shared/directory.ts';
import { clock, dayOf } from '../../clock.ts';
import type { Viewer } from '../../policy.ts';
import { colleaguesById } from '../directory/users.queries.ts';
import type { CaseFile } from './cases.model.ts';
import type { CaseSubject } from './cases.policy.ts';

/** Whom a page was made for: what differs between viewers beyond this is not in its words. */
export type Audience = 'team' | 'partner';
export const audienceOf = (viewer: Viewer): Audience => (viewer.role === 'cso_member' ? 'partner' : 'team');

interface KeptPage {
  version: number;
  /** What scope and rules look at. */
  subject: CaseSubject & Pick<CaseFile, 'sharedWith'>;
  /** As they are sent, in UTF-8. */
  pages: Partial<Record<Audience, Buffer>>;
}

/** Some six thousand pages. */
const mostBytes = 24 * 1024 * 1024;

/** What every page and every row is made of beside its case. */
export interface PageGround {
  /** The same object while nobody's name or role changes. */
  names: ReadonlyMap<string, Colleague>;
  today: string;
}

export const pageGroundFor = async (viewer: Viewer): Promise<PageGround> => ({
  names: await colleaguesById(viewer),
  today: dayOf(clock.now()),
});

class PageMemory {
  /** The least recently used first. */
  readonly #pages = new Map<string, KeptPage>();
  #ground: PageGround | null = null;
  #bytes = 0;

  find(id: string, version: number, ground: PageGround): KeptPage | null {
    this.#standOn(ground);
    const page = this.#pages.get(id);
    if (!page || page.version < version) return null;
    this.#pages.delete(id);
    this.#pages.set(id, page);
    return page;
  }

  keep(caseFile: CaseFile, audience: Audience, made: Buffer, ground: PageGround): void {
    this.#standOn(ground);
    const { version, status, municipality, lead, loggedBy, collaborators, sharedWith, anonymisedAt } =
      caseFile;
    const before = this.#pages.get(caseFile._id);
    if (before && before.version > version) return;
    this.#forget(caseFile._id);
    const pages = { ...(before?.version === version ? before.pages : {}), [audience]: made };
    const subject = { status, municipality, lead, loggedBy, collaborators, sharedWith, anonymisedAt };
    this.#pages.set(caseFile._id, { version, subject, pages });
    this.#bytes += lengthOf(pages);
    for (const id of this.#pages.keys()) {
      if (this.#bytes <= mostBytes) break;
      this.#forget(id);
    }
  }

  clear(): void {
    this.#pages.clear();
    this.#bytes = 0;
  }

  #standOn(ground: PageGround): void {
    if (this.#ground?.names === ground.names && this.#ground.today === ground.today) return;
    this.clear();
    this.#ground = ground;
  }

  #forget(id: string): void {
    const page = this.#pages.get(id);
    if (!page) return;
    this.#bytes -= lengthOf(page.pages);
    this.#pages.delete(id);
  }
}

const lengthOf = ({ team, partner }: KeptPage['pages']): number =>
  (team?.length ?? 0) + (partner?.length ?? 0);

export const pageMemory = new PageMemory();
