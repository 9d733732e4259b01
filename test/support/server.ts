// Duty: the real server on a free port, over the real database, with users to sign in as. Every test file starts its own.

import type { Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { io as connectSocket, type Socket } from 'socket.io-client';
import { seed } from '../../seeds/index.ts';
import { type App, buildApp } from '../../server/app.ts';
import { type Env, readEnv } from '../../server/env.ts';
import { hashPassword } from '../../server/features/directory/passwords.ts';
import { UserModel } from '../../server/features/directory/users.model.ts';
import { forgetViewer } from '../../server/features/directory/viewers.ts';
import { openVault, vaultSource } from '../../server/features/identities/vaultKeys.ts';
import { everythingTold } from '../../server/features/notifications/telling.commands.ts';
import { makeHttpServer } from '../../server/http/httpServer.ts';
import type { LiveServer } from '../../server/live/publish.ts';
import { startLive } from '../../server/live/start.ts';
import { log } from '../../server/log.ts';
import { openReceipts } from '../../server/receiptCodes.ts';
import { newId } from '../../shared/api.ts';
import type { MunicipalitySlug, Role } from '../../shared/directory.ts';
import type { BrowserToServer, ServerToBrowser } from '../../shared/live.ts';
import { emptyDatabase, testFolder } from './database.ts';

export const testPassword = 'a long password for tests';
const testPasswordHash = hashPassword(testPassword);

export interface Reply<Body = Record<string, unknown>> {
  status: number;
  headers: Headers;
  body: Body;
  text: string;
}

/** What was wrong, as `field: code`. */
export const faultsOf = ({ body }: { body: any }): string[] =>
  (body?.error?.faults ?? []).map(
    ({ path, code }: { path: string[]; code: string }) => `${path.join('.')}: ${code}`,
  );

/** Somebody at a browser: keeps the session cookie, sends JSON. */
export class Person {
  readonly server: TestServer;
  readonly id: string;
  cookie = '';
  constructor(server: TestServer, id = '') {
    this.server = server;
    this.id = id;
  }

  async send<Body = any>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Reply<Body>> {
    const isRaw = body instanceof FormData || body instanceof Uint8Array || typeof body === 'string';
    const response = await fetch(this.server.url + path, {
      method,
      redirect: 'manual',
      headers: {
        'X-Requested-With': 'test',
        ...(body === undefined || isRaw ? {} : { 'Content-Type': 'application/json' }),
        ...(this.cookie ? { Cookie: this.cookie } : {}),
        ...headers,
      },
      body:
        body === undefined
          ? undefined
          : isRaw
            ? (body as string | FormData | Uint8Array<ArrayBuffer>)
            : JSON.stringify(body),
    });
    const set = response.headers.getSetCookie().find((cookie) => cookie.startsWith('kosint.sid='));
    if (set) this.cookie = set.split(';')[0]!;
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: (isJson ? JSON.parse(text) : null) as Body,
    };
  }
  get = <Body = any>(path: string) => this.send<Body>('GET', path);
  post = <Body = any>(path: string, body: unknown = {}) => this.send<Body>('POST', path, body);
  patch = <Body = any>(path: string, body: unknown) => this.send<Body>('PATCH', path, body);
  put = <Body = any>(path: string, body: unknown) => this.send<Body>('PUT', path, body);
  delete = <Body = any>(path: string) => this.send<Body>('DELETE', path);

  /** A live connection with this person's session; resolves when joined. */
  async socket(): Promise<Socket<ServerToBrowser, BrowserToServer>> {
    const socket: Socket<ServerToBrowser, BrowserToServer> = connectSocket(this.server.url, {
      transports: ['websocket'],
      extraHeaders: { Cookie: this.cookie },
      reconnection: false,
      forceNew: true,
    });
    this.server.sockets.add(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    return socket;
  }
}

export class TestServer {
  readonly url: string;
  readonly app: App;
  readonly env: Env;
  readonly http: HttpServer;
  readonly io: LiveServer;
  readonly sockets = new Set<Socket>();
  constructor(parts: { url: string; app: App; env: Env; http: HttpServer; io: LiveServer }) {
    this.url = parts.url;
    this.app = parts.app;
    this.env = parts.env;
    this.http = parts.http;
    this.io = parts.io;
  }

  stranger = () => new Person(this);

  /** A new user of that role, signed in. */
  async as(
    role: Role,
    scope: { municipality?: MunicipalitySlug; organisation?: string; name?: string } = {},
  ): Promise<Person> {
    const id = newId();
    const municipal = role === 'activist' || role === 'team_lead';
    const email = `${role}-${id}@example.org`;
    await UserModel.create({
      _id: id,
      email,
      name: scope.name ?? `Test ${role}`,
      role,
      municipality: municipal ? (scope.municipality ?? 'ferizaj') : null,
      organisation: role === 'cso_member' ? (scope.organisation ?? newId()) : null,
      language: 'en',
      passwordHash: await testPasswordHash,
      invitedAt: new Date(),
      joinedAt: new Date(),
    });
    // What is remembered of everybody does not know of somebody put straight into the database.
    forgetViewer(id);
    const person = new Person(this, id);
    const answer = await person.post('/api/session', { email, password: testPassword });
    if (answer.status !== 200)
      throw new Error(`Sign-in of a test user failed: ${answer.status} ${answer.text}`);
    return person;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.disconnect();
    await this.io.close();
    this.http.closeAllConnections();
    await everythingTold();
    await this.app.audit.stop();
  }
}

export async function startTestServer(variables: Record<string, string> = {}): Promise<TestServer> {
  log.level = process.env.LOG_LEVEL ?? 'silent';
  await emptyDatabase();
  const env = readEnv({
    NODE_ENV: 'test',
    PORT: '0',
    DATA_DIR: testFolder,
    SEED: 'facts',
    LOG_LEVEL: 'silent',
    ...variables,
  });
  await openVault(vaultSource(env));
  openReceipts(env.RECEIPT_SECRET);
  await seed(env.SEED);
  const app = buildApp(env);
  const http = makeHttpServer(app.express);
  const { io } = startLive(http, app, env);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  return new TestServer({ url: `http://127.0.0.1:${port}`, app, env, http, io });
}
