// Duty: the smallest client that the command line needs: one connection, one command at a time, documents as bytes.
import { connect, type Socket } from 'node:net';
import { BSON, Long } from 'bson';
import { type Doc, decode, encode } from '../semantics/values.ts';
import { MessageReader } from '../wire.ts';

const opMsg = 2013;
const rawBatches = { promoteValues: false, fieldsAsRaw: { firstBatch: true, nextBatch: true } } as const;

function checked(reply: Doc): Doc {
  const [failure] = (reply.writeErrors ?? []) as Doc[];
  if (Number(reply.ok) !== 1 || failure) throw new Error(String(failure?.errmsg ?? reply.errmsg));
  return reply;
}

export class Client {
  readonly #socket: Socket;
  readonly #reader = new MessageReader();
  #waiting: { resolve(body: Buffer): void; reject(error: Error): void } | undefined;
  #requestId = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk) => {
      this.#reader.push(chunk);
      const message = this.#reader.next();
      if (message) this.#waiting?.resolve(message.subarray(21));
    });
    const broken = (error?: Error) =>
      this.#waiting?.reject(error ?? new Error('the database closed the connection'));
    socket.on('error', broken);
    socket.on('close', () => broken());
  }

  /** `uri` is what a running database gives: a socket or a port of this machine. */
  static open(uri: string): Promise<Client> {
    const host = decodeURIComponent(/^mongodb:\/\/([^/?]+)/.exec(uri)?.[1] ?? '');
    const port = /:(\d+)$/.exec(host)?.[1];
    const socket = port ? connect(Number(port), '127.0.0.1') : connect(host);
    return new Promise((resolve, reject) => {
      socket.once('error', reject);
      socket.once('connect', () => resolve(new Client(socket)));
    });
  }

  /** Throws with the server's words when it refuses. */
  async command(database: string, command: Doc): Promise<Doc> {
    return checked(decode(await this.#ask(encode({ ...command, $db: database }))));
  }

  /** Inserts documents that are already bytes. */
  async insert(database: string, collection: string, documents: Uint8Array[]): Promise<void> {
    const name = Buffer.from('documents\0');
    const content = Buffer.concat([name, ...documents]);
    const head = Buffer.alloc(5);
    head[0] = 1;
    head.writeInt32LE(content.length + 4, 1);
    const body = encode({ insert: collection, ordered: true, bypassDocumentValidation: true, $db: database });
    checked(decode(await this.#ask(body, Buffer.concat([head, content]))));
  }

  /** All documents of a cursor command. */
  async *documents(database: string, command: Doc): AsyncGenerator<Doc> {
    for await (const bytes of this.rows(database, command)) yield decode(bytes);
  }

  /** The same as the bytes that are stored. */
  async *rows(database: string, command: Doc): AsyncGenerator<Uint8Array> {
    for (let next: Doc | undefined = command; next; ) {
      const reply = BSON.deserialize(await this.#ask(encode({ ...next, $db: database })), rawBatches) as Doc;
      const { cursor } = checked(reply) as { cursor: Doc };
      yield* (cursor.firstBatch ?? cursor.nextBatch) as Uint8Array[];
      const collection = String(cursor.ns).slice(database.length + 1);
      next = Long.ZERO.equals(cursor.id as Long) ? undefined : { getMore: cursor.id, collection };
    }
  }

  close(): void {
    this.#socket.destroy();
  }

  #ask(body: Uint8Array, section = Buffer.alloc(0)): Promise<Buffer> {
    const header = Buffer.alloc(21);
    header.writeInt32LE(21 + body.length + section.length, 0);
    header.writeInt32LE(++this.#requestId, 4);
    header.writeInt32LE(opMsg, 12);
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket.write(Buffer.concat([header, body, section]));
    });
  }
}
