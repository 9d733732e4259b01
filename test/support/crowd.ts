// Duty: people at real servers over the wire: they sign in, write, listen, come again when a server dies, and know what they should have seen.
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { io, type Socket } from 'socket.io-client';
import type { Role } from '../../shared/directory.ts';
import type { BrowserToServer, Presence, ServerToBrowser } from '../../shared/live.ts';
import { caseInput } from './cases.ts';

export interface Account {
  id: string;
  role: Role;
  cookie: string;
  email: string;
  password: string;
}

/** Signs in with the example account of that role. */
export async function signedIn(url: string, role: Role): Promise<Account> {
  const instance = (await (await fetch(`${url}/api/instance`)).json()) as {
    data: { exampleAccounts: { email: string; password: string; role: Role }[] };
  };
  const { email, password } = instance.data.exampleAccounts.find((one) => one.role === role)!;
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Requested-With': 'test' },
    body: JSON.stringify({ email, password }),
  });
  if (answer.status !== 200) throw new Error(`Sign-in failed: ${answer.status} ${await answer.text()}`);
  const { data } = (await answer.json()) as { data: { id: string } };
  const cookie = answer.headers.getSetCookie().map((one) => one.split(';')[0]);
  return { id: data.id, role, email, password, cookie: cookie.join('; ') };
}

/** A connection of its own for each request, so that any process may answer. */
export async function ask(url: string, who: Account, path: string, body?: object) {
  const answer = await fetch(url + path, {
    method: body ? 'POST' : 'GET',
    headers: {
      Cookie: who.cookie,
      Connection: 'close',
      'X-Requested-With': 'test',
      ...(body ? { 'Content-Type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

/** Logs a case as a phone does: the same request again, wherever somebody answers, until it is acknowledged. */
export async function logSurely(
  urls: readonly string[],
  who: Account,
  until: () => boolean,
): Promise<string | null> {
  const input = caseInput();
  let last = '';
  for (let attempt = 0; attempt < 400; attempt += 1) {
    const answer = await ask(urls[attempt % urls.length]!, who, '/api/cases', input).catch(
      (error: unknown) => {
        last = String((error as Error).cause ?? error);
        return null;
      },
    );
    if (answer) last = `${answer.status} ${answer.text}`;
    if (answer && (answer.status === 200 || answer.status === 201)) return input.id;
    if (answer && answer.status !== 503)
      throw new Error(`A create was answered ${answer.status}: ${answer.text}`);
    if (until() && attempt === 0) return null;
    await pause(50);
  }
  throw new Error(`A case was never acknowledged: ${last}`);
}

/** Every case the account sees, by id. */
export async function everyCase(url: string, who: Account): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  let cursor = '';
  do {
    const answer = await ask(url, who, `/api/cases?limit=100${cursor}`);
    if (answer.status !== 200) throw new Error(`The list was answered ${answer.status}: ${answer.text}`);
    const list = JSON.parse(answer.text) as {
      data: { id: string; reference: string }[];
      next: string | null;
    };
    for (const { id, reference } of list.data) {
      if (found.has(id)) throw new Error(`${id} is listed twice`);
      found.set(id, reference);
    }
    cursor = list.next ? `&cursor=${encodeURIComponent(list.next)}` : '';
  } while (cursor);
  return found;
}

/** A browser's ear: keeps what it heard and, whenever it comes again, what a fresh look shows. */
export class Ear {
  readonly known = new Set<string>();
  readonly presence: Presence[] = [];
  connections = 0;
  /** Told twice on one connection. */
  doubled = 0;
  socket: Socket<ServerToBrowser, BrowserToServer>;
  readonly #urls: readonly string[];
  readonly #who: Account;
  #heard = new Set<string>();
  #looking = Promise.resolve();

  constructor(urls: readonly string[], who: Account, at = 0) {
    this.#urls = urls;
    this.#who = who;
    this.socket = this.#open(urls[at % urls.length]!);
  }

  #open(url: string): Socket<ServerToBrowser, BrowserToServer> {
    const socket: Socket<ServerToBrowser, BrowserToServer> = io(url, {
      transports: ['websocket'],
      extraHeaders: { Cookie: this.#who.cookie },
      reconnectionDelay: 100,
      reconnectionDelayMax: 400,
      forceNew: true,
    });
    socket.on('connect', () => {
      this.connections += 1;
      this.#heard = new Set();
      if (this.connections > 1) this.#looking = this.#look(url);
    });
    socket.on('change', (name, change) => {
      if (name !== 'case.logged') return;
      if (this.#heard.has(change.id)) this.doubled += 1;
      this.#heard.add(change.id);
      this.known.add(change.id);
    });
    socket.on('presence', (presence) => this.presence.push(presence));
    // As behind a proxy: what does not answer is tried elsewhere.
    socket.on('connect_error', () => {
      if (this.#urls.length < 2) return;
      socket.close();
      this.socket = this.#open(this.#urls[(this.#urls.indexOf(url) + 1) % this.#urls.length]!);
    });
    return socket;
  }

  async #look(url: string): Promise<void> {
    for (let attempt = 0; attempt < 100; attempt += 1) {
      try {
        for (const id of (await everyCase(url, this.#who)).keys()) this.known.add(id);
        return;
      } catch {
        await pause(100);
      }
    }
  }

  /** After the last look that a reconnection began. */
  async settled(): Promise<void> {
    await this.#looking;
  }
}

export async function eventually(
  what: string,
  look: () => boolean | Promise<boolean>,
  milliseconds = 15_000,
) {
  const end = Date.now() + milliseconds;
  while (!(await look())) {
    if (Date.now() > end) throw new Error(`It never came to this: ${what}`);
    await pause(40);
  }
}

/** Four write without pause before, while and after `what` happens, however slow the machine is; answers every acknowledged id. */
export async function underLoad(
  urls: readonly string[],
  who: Account,
  what: () => Promise<unknown>,
): Promise<string[]> {
  const acknowledged: string[] = [];
  let over = false;
  const writers = Array.from({ length: 4 }, async () => {
    while (!over) {
      const id = await logSurely(urls, who, () => over);
      if (id) acknowledged.push(id);
    }
  });
  const someMore = (from: number) =>
    eventually('more is acknowledged', () => acknowledged.length >= from + 5, 40_000);
  try {
    await Promise.all([pause(400), someMore(0)]);
    await what();
    await Promise.all([pause(1_200), someMore(acknowledged.length)]);
  } finally {
    over = true;
    await Promise.all(writers);
  }
  return acknowledged;
}

/** What was acknowledged is there once, and every ear knows of it. */
export async function nothingLost(
  url: string,
  who: Account,
  ears: readonly Ear[],
  acknowledged: readonly string[],
) {
  const listed = await everyCase(url, who);
  expect(acknowledged.length).to.be.greaterThan(8);
  expect(new Set(acknowledged).size).to.equal(acknowledged.length);
  expect(
    acknowledged.filter((id) => !listed.has(id)),
    'acknowledged and gone',
  ).to.deep.equal([]);
  expect(new Set(listed.values()).size, 'references').to.equal(listed.size);
  await eventually('every ear knows every case', async () => {
    await Promise.all(ears.map((ear) => ear.settled()));
    return ears.every((ear) => ear.socket.connected && acknowledged.every((id) => ear.known.has(id)));
  });
  expect(ears.map(({ doubled }) => doubled)).to.deep.equal(ears.map(() => 0));
}
