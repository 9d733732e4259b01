// Duty: carry messages between the processes of one machine that share a data folder, over sockets in that folder. Nobody is in charge.
//
// Each process listens under a name of its own and keeps one connection to every other, for sending alone. Who comes later connects
// to all it finds; who is connected to connects back. A connection that breaks without a "bye" was a process that died.
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { privateFolder } from '../database/embedded/folder.ts';
import { report } from '../log.ts';
import type { Bus, BusListener, BusMessage, Envelope } from './bus.ts';

const nameFormat = /^([0-9a-f]{16})\.sock$/;
/** Unix socket paths may not be longer than this, with a little room. */
const longestSocketPath = 100;
/** A process that does not read is let go before it fills this one's memory; it notices, and its browsers ask anew. */
const mostUnread = 16 * 1024 * 1024;
const introductionMilliseconds = 2_000;

function meetingFolder(dataDir: string): string {
  const inside = join(realpathSync(dataDir), 'live');
  const fits = join(inside, `${'0'.repeat(16)}.sock`).length <= longestSocketPath;
  const short = createHash('sha256').update(inside).digest('hex').slice(0, 24);
  if (!fits) return privateFolder(`kosint-live-${process.getuid?.() ?? 0}-${short}`);
  mkdirSync(inside, { recursive: true, mode: 0o700 });
  return inside;
}

class Mesh implements Bus {
  readonly #own = randomBytes(8).toString('hex');
  readonly #folder: string;
  readonly #listener: BusListener;
  readonly #server: Server;
  readonly #outgoing = new Map<string, Socket>();
  readonly #incoming = new Set<Socket>();
  /** Those whose messages arrive. */
  readonly #heardFrom = new Set<string>();
  #closing = false;

  constructor(folder: string, listener: BusListener) {
    this.#folder = folder;
    this.#listener = listener;
    this.#server = createServer((socket) => this.#receive(socket));
    this.#server.unref();
  }

  /** Resolves when every process that is there hears this one and is heard. */
  async start(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.#addressOf(this.#own), resolve);
    });
    if (process.platform === 'win32') writeFileSync(join(this.#folder, `${this.#own}.sock`), '');
    await Promise.all(this.#others().map((peer) => this.#reach(peer)));
    const patience = Date.now() + introductionMilliseconds;
    const isMet = () => [...this.#outgoing.keys()].every((peer) => this.#heardFrom.has(peer));
    while (!isMet() && Date.now() < patience) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  send(message: BusMessage): void {
    if (this.#outgoing.size === 0) return;
    const line = this.#line(message);
    for (const [peer, socket] of this.#outgoing) {
      socket.write(line);
      if (socket.writableLength > mostUnread) this.#lose(peer, socket);
    }
  }

  async close(): Promise<void> {
    this.#closing = true;
    this.#server.close();
    const ended = [...this.#outgoing.values()].map(
      (socket) =>
        new Promise<void>((resolve) => {
          socket.once('close', () => resolve());
          socket.end(this.#line('bye'));
        }),
    );
    const patience = new Promise((resolve) => setTimeout(resolve, 500).unref());
    await Promise.race([Promise.all(ended), patience]);
    for (const socket of [...this.#outgoing.values(), ...this.#incoming]) socket.destroy();
    rmSync(join(this.#folder, `${this.#own}.sock`), { force: true });
  }

  #line(say: Envelope['say']): string {
    return `${JSON.stringify({ from: this.#own, say } satisfies Envelope)}\n`;
  }

  #addressOf(peer: string): string {
    return process.platform === 'win32'
      ? `\\\\.\\pipe\\kosint-live-${peer}`
      : join(this.#folder, `${peer}.sock`);
  }

  #others(): string[] {
    return readdirSync(this.#folder).flatMap((name) => {
      const peer = nameFormat.exec(name)?.[1];
      return peer && peer !== this.#own ? [peer] : [];
    });
  }

  /** Connects for sending; a name that nobody answers to was left by a process that died. */
  #reach(peer: string): Promise<void> {
    if (this.#outgoing.has(peer) || this.#closing) return Promise.resolve();
    const socket = connect(this.#addressOf(peer));
    socket.unref();
    this.#outgoing.set(peer, socket);
    return new Promise((resolve) => {
      let isReached = false;
      socket.once('connect', () => {
        isReached = true;
        socket.write(this.#line('here'));
        this.#listener.joined(peer);
        resolve();
      });
      socket.on('error', ({ code }: NodeJS.ErrnoException) => {
        // Refused: its owner is dead. Any other fault is this process's own.
        if (!isReached && code === 'ECONNREFUSED')
          rmSync(join(this.#folder, `${peer}.sock`), { force: true });
      });
      socket.once('close', () => {
        this.#lose(peer, socket);
        resolve();
      });
    });
  }

  #lose(peer: string, socket: Socket): void {
    socket.destroy();
    if (this.#outgoing.get(peer) === socket) this.#outgoing.delete(peer);
  }

  #receive(socket: Socket): void {
    this.#incoming.add(socket);
    socket.unref();
    let peer: string | undefined;
    let isOver = false;
    socket.on('error', () => socket.destroy());
    socket.once('close', () => {
      this.#incoming.delete(socket);
      if (!peer || this.#closing) return;
      this.#heardFrom.delete(peer);
      this.#listener.left(peer);
      if (!isOver) this.#listener.gap('another process of this machine ended without a word');
    });
    createInterface({ input: socket }).on('line', (line) => {
      try {
        const { from, say } = JSON.parse(line) as Envelope;
        if (!peer) this.#heardFrom.add(from);
        peer = from;
        void this.#reach(from);
        if (say === 'bye') isOver = true;
        else if (say !== 'here') this.#listener.heard(from, say);
      } catch (error) {
        report(error, { where: 'mesh' });
      }
    });
  }
}

export async function joinMesh(dataDir: string, listener: BusListener): Promise<Bus> {
  const mesh = new Mesh(meetingFolder(dataDir), listener);
  await mesh.start();
  return mesh;
}
