// Duty: the only reader of `process.env`. One comment per variable; every fault is reported at once. No defaults elsewhere.
import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';

const loopbackHosts = ['127.0.0.1', 'localhost', '::1'];

const empty = (value: unknown) => (value === '' ? undefined : value);
const optional = <Item extends z.ZodType>(item: Item) => z.preprocess(empty, item.optional());
const portNumber = z.coerce.number().int().min(0).max(65_535);

const variables = z.object({
  /** `production` in use, `test` in tests. */
  NODE_ENV: z.preprocess(empty, z.enum(['production', 'development', 'test']).default('production')),
  /** Port to listen on; 0 takes a free one. */
  PORT: z.preprocess(empty, portNumber.default(3000)),
  /** Address to listen on. Example data is the default on a loopback address alone. */
  HOST: z.preprocess(empty, z.string().default('127.0.0.1')),
  /** Where people reach the server, e.g. https://tracker.example.org; links in mails and the origin check use it. */
  PUBLIC_URL: optional(z.url({ protocol: /^https?$/ })),
  /** Folder for the embedded database, secrets and the mail outbox. */
  DATA_DIR: z.preprocess(empty, z.string().default('data')),
  /** A MongoDB to use instead of the embedded database. */
  MONGODB_URI: optional(
    z.string().regex(/^mongodb(\+srv)?:\/\//, 'must begin with mongodb:// or mongodb+srv://'),
  ),
  /** Signs session cookies, 32 characters or more; made and kept in DATA_DIR when absent. */
  SESSION_SECRET: optional(z.string().min(32, 'needs 32 characters or more')),
  /** Makes and recognises receipt codes, 32 characters or more; made and kept in DATA_DIR when absent. */
  RECEIPT_SECRET: optional(z.string().min(32, 'needs 32 characters or more')),
  /** Seals the audit log and the key pair for pushes, 32 characters or more; made and kept in DATA_DIR when absent. Several hosts need the same. */
  AUDIT_SECRET: optional(z.string().min(32, 'needs 32 characters or more')),
  /** Months that entries of the audit log are kept. */
  AUDIT_MONTHS: z.preprocess(empty, z.coerce.number().int().min(1).max(240).default(24)),
  /** Most entries of the audit log that are kept. */
  AUDIT_ENTRIES: z.preprocess(empty, z.coerce.number().int().min(10_000).default(20_000_000)),
  /** Opens the identity vault: 32 bytes in base64, or several with commas, newest first; kept in DATA_DIR/vault-key when absent. */
  VAULT_KEY: optional(z.string()),
  /** What a first run seeds: none, facts or example. */
  SEED: optional(z.enum(['none', 'facts', 'example'])),
  /** Raster tiles for the map, e.g. https://tiles.example.org/{z}/{x}/{y}.png; without it the map draws shapes only. */
  TILE_URL: optional(z.string().regex(/^(https?:\/\/|\/).*\{z\}.*$/, 'needs {z}, {x} and {y}')),
  /** Words under the map that the tiles' owner asks for. */
  TILE_ATTRIBUTION: optional(z.string().max(200)),
  /** SMTP server for mail, e.g. smtp://user:password@mail.example.org:587; without it mail is written to DATA_DIR/outbox. */
  SMTP_URL: optional(z.string().regex(/^smtps?:\/\//, 'must begin with smtp:// or smtps://')),
  /** Sender of mail. */
  MAIL_FROM: z.preprocess(empty, z.string().max(200).default('KOSINT Tracker <no-reply@localhost>')),
  /** How many reverse proxies stand in front (their X-Forwarded-For is believed). */
  TRUST_PROXY: z.preprocess(empty, z.coerce.number().int().min(0).max(5).default(0)),
  /** Hours without use after which a session ends. */
  SESSION_HOURS: z.preprocess(empty, z.coerce.number().int().min(1).max(720).default(12)),
  /** `required`: coordinators, administrators and members of partners set up a second factor before anything else; `optional`: whoever wants to. */
  SECOND_FACTOR: z.preprocess(empty, z.enum(['optional', 'required']).default('optional')),
  /** Largest upload in megabytes. */
  UPLOAD_MEGABYTES: z.preprocess(empty, z.coerce.number().int().min(1).max(100).default(15)),
  /** Processes that share the work on one port. */
  WORKERS: z.preprocess(empty, z.coerce.number().int().min(1).max(64).default(1)),
  /** A Redis through which the processes of several machines tell each other what changed; one machine needs none. */
  REDIS_URL: optional(z.string().regex(/^rediss?:\/\//, 'must begin with redis:// or rediss://')),
  /** Folder for scheduled backups; without it none are made. */
  BACKUP_DIR: optional(z.string()),
  /** Seals and opens backups, 12 characters or more; `npm run backup` asks for it when absent. */
  BACKUP_PASSPHRASE: optional(z.string().min(12, 'needs 12 characters or more')),
  /** Hours between scheduled backups. */
  BACKUP_HOURS: z.preprocess(empty, z.coerce.number().int().min(1).max(720).default(24)),
  /** How many scheduled backups are kept; older ones are deleted. */
  BACKUP_KEEP: z.preprocess(empty, z.coerce.number().int().min(1).max(1000).default(14)),
  /** Port for Prometheus metrics; none without it. With WORKERS each further worker takes the next one. */
  METRICS_PORT: optional(portNumber),
  /** Address for metrics: never one that the public reaches. */
  METRICS_HOST: z.preprocess(empty, z.string().default('127.0.0.1')),
  /** A database command that takes longer is logged with its shape and plan; 0: none is. */
  SLOW_COMMAND_MILLISECONDS: z.preprocess(empty, z.coerce.number().int().min(0).max(600_000).default(500)),
  /** How much is logged: silent, error, warn, info or debug. */
  LOG_LEVEL: z.preprocess(empty, z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info')),
});

export interface Env extends z.infer<typeof variables> {
  SESSION_SECRET: string;
  RECEIPT_SECRET: string;
  AUDIT_SECRET: string;
  SEED: 'none' | 'facts' | 'example';
  /** Absolute. */
  DATA_DIR: string;
  /** Only this machine can reach the server. */
  loopbackOnly: boolean;
}

/** Names of every variable, for the test that holds `.env.example` to them. */
export const variableNames = Object.keys(variables.shape);

export class EnvFaults extends Error {
  readonly faults: string[];
  constructor(faults: string[]) {
    super(
      `The environment has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n  ${faults.join('\n  ')}`,
    );
    this.name = 'EnvFaults';
    this.faults = faults;
  }
}

/** Reads and checks everything; throws `EnvFaults` naming each fault. Makes the data folder and the secrets kept in it if need be. */
export function readEnv(source: NodeJS.ProcessEnv = surroundings()): Env {
  const parsed = variables.safeParse(source);
  const faults = parsed.error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) ?? [];
  const loopbackOnly = reachedFromThisMachineAlone(source);
  if (source.SEED === 'example' && !loopbackOnly)
    faults.push(
      'SEED: example accounts have public passwords, so SEED=example needs a loopback HOST, no proxy and no public address',
    );
  if (source.BACKUP_DIR && !source.BACKUP_PASSPHRASE)
    faults.push('BACKUP_DIR: scheduled backups need BACKUP_PASSPHRASE to be sealed with');
  if (!parsed.success || faults.length > 0) throw new EnvFaults(faults);
  const values = parsed.data;
  const seed = values.SEED ?? (loopbackOnly ? 'example' : 'facts');
  const dataDir = resolve(values.DATA_DIR);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  return {
    ...values,
    DATA_DIR: dataDir,
    SEED: seed,
    SESSION_SECRET: values.SESSION_SECRET ?? keptSecret(join(dataDir, 'session-secret')),
    RECEIPT_SECRET: values.RECEIPT_SECRET ?? keptSecret(join(dataDir, 'receipt-secret')),
    AUDIT_SECRET: values.AUDIT_SECRET ?? keptSecret(join(dataDir, 'audit-secret')),
    loopbackOnly,
  };
}

const places = variables.pick({ DATA_DIR: true, MONGODB_URI: true, BACKUP_PASSPHRASE: true });

/** Where everything is kept, for programs that must not make anything there; throws `EnvFaults`. */
export function readPlaces(source: NodeJS.ProcessEnv = surroundings()) {
  const parsed = places.safeParse(source);
  if (!parsed.success)
    throw new EnvFaults(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  return { ...parsed.data, DATA_DIR: resolve(parsed.data.DATA_DIR) };
}

/** What the process was started with, completed by a `.env` file in the working folder when there is one. */
function surroundings(): NodeJS.ProcessEnv {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
}

/** A proxy or a public address means that others reach the server, whatever HOST says. */
function reachedFromThisMachineAlone({ HOST, PUBLIC_URL, TRUST_PROXY }: NodeJS.ProcessEnv): boolean {
  const isLocal = (host: string) => loopbackHosts.includes(host.replace(/^\[|\]$/g, ''));
  const publicHost = PUBLIC_URL && URL.canParse(PUBLIC_URL) ? new URL(PUBLIC_URL).hostname : 'localhost';
  return isLocal(HOST || '127.0.0.1') && isLocal(publicHost) && (TRUST_PROXY || '0') === '0';
}

/** Where people reach the server: as configured, else this machine's own address on the network it listens to. */
export function addressOf(env: Pick<Env, 'PUBLIC_URL' | 'HOST' | 'PORT'>, port = env.PORT): string {
  if (env.PUBLIC_URL) return env.PUBLIC_URL.replace(/\/+$/, '');
  const listensEverywhere = env.HOST === '0.0.0.0' || env.HOST === '::';
  const outward = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .find((one) => one.family === 'IPv4' && !one.internal);
  const host = listensEverywhere ? (outward?.address ?? 'localhost') : env.HOST;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Where two processes begin together, one secret stands, whole from the moment it is there. */
export function keptSecret(path: string): string {
  if (existsSync(path)) return readFileSync(path, 'utf8').trim();
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, randomBytes(48).toString('base64url'), { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, path);
  } catch (error) {
    if (!existsSync(path)) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(path, 'utf8').trim();
}
