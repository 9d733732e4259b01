// Duty: what tools ask a server about itself and its collections.
import { cpus, freemem, hostname, totalmem } from 'node:os';
import { Long } from 'bson';
import type { Collection } from '../catalogue.ts';
import { CommandError } from '../errors.ts';
import { largestDocument } from '../insert.ts';
import type { Doc } from '../semantics/values.ts';
import { verifyCollection } from '../verify.ts';
import { type Commands, type Context, integer, namespaceOf, text } from './command.ts';
import { maxWireVersion, version } from './handshake.ts';

export const diagnosticCommands: Commands = {
  buildInfo: { fields: [], open: true, run: buildInfo },
  buildinfo: { fields: [], open: true, run: buildInfo },
  hostInfo: { fields: [], adminOnly: true, run: hostInfo },
  getParameter: { fields: undefined, adminOnly: true, run: getParameter },
  getCmdLineOpts: { fields: [], adminOnly: true, run: () => ({ argv: ['database'], parsed: {} }) },
  getLog: { fields: [], adminOnly: true, run: getLog },
  serverStatus: { fields: undefined, run: serverStatus },
  connectionStatus: { fields: ['showPrivileges'], open: true, run: connectionStatus },
  whatsmyuri: { fields: [], open: true, run: () => ({ you: '127.0.0.1:0' }) },
  collStats: { fields: ['scale'], run: collStats },
  dbStats: { fields: ['scale', 'freeStorage'], run: dbStats },
  validate: { fields: ['full', 'repair', 'metadata', 'checkBSONConformance', 'background'], run: validate },
  listCommands: { fields: [], run: () => ({ commands: {} }) },
  currentOp: { fields: undefined, adminOnly: true, run: () => ({ inprog: [] }) },
  getFreeMonitoringStatus: { fields: [], adminOnly: true, run: () => ({ state: 'disabled' }) },
  fsync: { fields: undefined, adminOnly: true, run: () => ({ numFiles: 1 }) },
};

function buildInfo(): Doc {
  return {
    version,
    versionArray: [8, 0, 0, 0],
    gitVersion: 'embedded',
    modules: [],
    allocator: 'system',
    javascriptEngine: 'none',
    sysInfo: 'deprecated',
    openssl: { running: process.versions.openssl ?? '' },
    bits: 64,
    debug: false,
    maxBsonObjectSize: largestDocument,
    storageEngines: ['lmdb'],
  };
}

function hostInfo(): Doc {
  return {
    system: {
      currentTime: new Date(),
      hostname: hostname(),
      cpuAddrSize: 64,
      memSizeMB: Math.floor(totalmem() / 2 ** 20),
      numCores: cpus().length,
      cpuArch: process.arch,
    },
    os: { type: process.platform, name: process.platform, version: process.version },
    extra: {},
  };
}

function getParameter(_context: Context, body: Doc): Doc {
  const known: Doc = {
    featureCompatibilityVersion: { version: '8.0' },
    authenticationMechanisms: ['SCRAM-SHA-256'],
  };
  if (body.getParameter === '*' || body.allParameters === true) return known;
  const asked = Object.entries(known).filter(([name]) => name in body);
  if (asked.length === 0) throw new CommandError(72, 'no option found to get');
  return Object.fromEntries(asked);
}

function getLog(_context: Context, body: Doc): Doc {
  if (body.getLog === '*') return { names: ['global', 'startupWarnings'] };
  return { totalLinesWritten: 0, log: [] };
}

function serverStatus({ engine }: Context): Doc {
  const memory = process.memoryUsage();
  const uptime = Date.now() - engine.startedAt.getTime();
  return {
    host: hostname(),
    version,
    process: 'embedded',
    pid: Long.fromNumber(process.pid),
    uptime: uptime / 1000,
    uptimeMillis: Long.fromNumber(uptime),
    localTime: new Date(),
    storageEngine: { name: 'lmdb', supportsCommittedReads: true, persistent: true },
    mem: {
      bits: 64,
      resident: Math.floor(memory.rss / 2 ** 20),
      virtual: Math.floor(totalmem() / 2 ** 20),
      free: Math.floor(freemem() / 2 ** 20),
    },
    metrics: { cursor: { open: { total: Long.fromNumber(engine.cursors.count) } } },
    wireVersion: maxWireVersion,
  };
}

function connectionStatus({ caller }: Context): Doc {
  const users = caller.user === undefined ? [] : [{ user: caller.user, db: 'admin' }];
  return { authInfo: { authenticatedUsers: users, authenticatedUserRoles: [] } };
}

function sizes(collections: Collection[], scale: number): Doc {
  const count = collections.reduce((sum, each) => sum + each.count, 0);
  const bytes = collections.reduce((sum, each) => sum + each.bytes, 0);
  return {
    count,
    size: Math.floor(bytes / scale),
    avgObjSize: count > 0 ? Math.floor(bytes / count) : 0,
    storageSize: Math.floor(bytes / scale),
  };
}

function collStats(context: Context, body: Doc): Doc {
  const namespace = namespaceOf(context, body);
  const collection = context.engine.catalogue.find(namespace);
  const scale = integer(body, 'scale', 1) ?? 1;
  const indexes = collection?.indexes ?? [];
  return {
    ns: namespace,
    ...sizes(collection ? [collection] : [], scale),
    nindexes: indexes.length,
    capped: collection?.options.capped === true,
    totalIndexSize: 0,
    indexSizes: Object.fromEntries(indexes.map(({ name }) => [name, 0])),
    scaleFactor: scale,
  };
}

function dbStats({ engine, database }: Context, body: Doc): Doc {
  const collections = engine.catalogue.collections(database);
  const scale = integer(body, 'scale', 1) ?? 1;
  const { count, size, ...rest } = sizes(collections, scale);
  return {
    db: database,
    collections: collections.length,
    views: engine.catalogue.views(database).length,
    objects: count,
    dataSize: size,
    ...rest,
    indexes: collections.reduce((sum, each) => sum + each.indexes.length, 0),
    indexSize: 0,
    fsUsedSize: Math.floor(engine.store.bytesOnDisk() / scale),
    scaleFactor: scale,
  };
}

async function validate(context: Context, body: Doc): Promise<Doc> {
  const { engine, operation } = context;
  text(body, 'validate');
  const namespace = namespaceOf(context, body);
  const collection = engine.catalogue.find(namespace);
  if (!collection) throw new CommandError(26, `Collection '${namespace}' does not exist to validate.`);
  const { documents, entries, errors } = await verifyCollection(engine, collection, operation);
  return {
    ns: namespace,
    nrecords: documents,
    nIndexes: collection.indexes.length,
    keysPerIndex: entries,
    valid: errors.length === 0,
    warnings: [],
    errors,
  };
}
