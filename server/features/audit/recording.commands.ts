// Duty: everything that is served, opened in the vault or overridden becomes an entry; which of them an answer waits for. No words, no values.
import { type AuditVerb, isDenial } from '../../../shared/auditLists.ts';
import { clock } from '../../clock.ts';
import { onServed, type Served } from '../../http/served.ts';
import { onVaultRead } from '../identities/identities.commands.ts';
import { onConsentOverridden } from '../identities/overrides.commands.ts';
import { ChainWriter, leftOut } from './chainWriter.ts';
import type { Entry } from './entries.ts';
import { entryOfOverride, entryOfReading } from './vaultEntries.ts';

/** Filters are named; what only pages or sorts is none. */
const notFilters = new Set(['cursor', 'limit', 'sort', 'offset', 'page']);
const filterName = /^[a-zA-Z][a-zA-Z0-9]{0,39}$/;
const exportPath = /\/exports?(\/|\.|$)|\.(csv|xlsx|pdf|geojson|ics|zip)$/;

/** Strangers may not fill the log: so many entries a second of what they read or are refused, the rest is counted. */
const strangersPerSecond = 50;
const strangersAtOnce = 500;

function verbOf({ method, path, recordedAs, filters }: Served): AuditVerb {
  if (recordedAs) return recordedAs;
  if (path && exportPath.test(path)) return 'export';
  if (method === 'SOCKET') return 'read';
  if (method !== 'GET' && method !== 'HEAD') return 'write';
  return filters.length > 0 ? 'search' : 'read';
}

/** Made at once: by the time it is written, the request's own parts are somebody else's. */
function entryOfServed(served: Served): Entry {
  const filters = served.filters.filter((name) => filterName.test(name) && !notFilters.has(name));
  const { method, path, viewer, ids, rows, about, status, code, requestId } = served;
  return {
    at: clock.now().getTime(),
    verb: verbOf({ ...served, filters }),
    route: path === null ? `${method} -` : `${method} ${path}`,
    by: viewer?.id ?? null,
    role: viewer?.role ?? null,
    ids: ids.length > 1 ? [...new Set(ids)] : ids,
    filters,
    rows,
    status,
    code,
    requestId,
    about,
  };
}

/** Changes, openings, exports and refusals of people we know are on disk before their answer; what is merely read, within a second. */
function mustBeKeptFirst({ verb, by, status }: Entry): boolean {
  if (by === null) return status < 400 && verb !== 'read' && verb !== 'search';
  return isDenial(status) || (verb !== 'read' && verb !== 'search');
}

export interface Audit {
  writer: ChainWriter;
  /** Writes what waits, closes the chain and hears nothing any more. */
  stop(): Promise<void>;
}

let current: ChainWriter | null = null;

/** Begins a chain for this process and hears everything from now on. Another start in the same process takes over. */
export function startAudit(): Audit {
  const writer = new ChainWriter();
  current = writer;
  let allowance = strangersAtOnce;
  let refilledAt = Date.now();
  let notListed = 0;

  /** False when a stranger has had too many entries. */
  function hasRoom(entry: Entry): boolean {
    if (entry.by !== null || entry.verb === 'write') return true;
    const now = Date.now();
    allowance = Math.min(strangersAtOnce, allowance + ((now - refilledAt) / 1000) * strangersPerSecond);
    refilledAt = now;
    if (allowance < 1) {
      notListed += 1;
      return false;
    }
    allowance -= 1;
    if (notListed > 0) writer.add(leftOut(notListed));
    notListed = 0;
    return true;
  }

  const ends = [
    onServed({
      before(served) {
        if (verbOf(served) !== 'export') return;
        return writer.keep(entryOfServed(served));
      },
      after(served) {
        const entry = entryOfServed(served);
        if (!hasRoom(entry)) return;
        if (mustBeKeptFirst(entry)) return writer.keep(entry);
        writer.add(entry);
      },
    }),
    onVaultRead((reading) => writer.keep(entryOfReading(reading))),
    onConsentOverridden((override) => writer.keep(entryOfOverride(override))),
  ];
  return {
    writer,
    async stop() {
      for (const end of ends) end();
      await writer.stop();
      if (current === writer) current = null;
    },
  };
}

/** What this process has in memory is on disk after: for whoever reads the log. */
export async function flushAudit(): Promise<void> {
  await current?.flush();
}

/** Entries of this process that are not on disk yet. */
export const auditWaiting = (): number => current?.waiting ?? 0;

/** For what is found later than it happened. */
export async function keepEntry(entry: Entry): Promise<void> {
  await current?.keep(entry);
}
