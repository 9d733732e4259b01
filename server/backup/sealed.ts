// Duty: bytes under a passphrase: scrypt, then AES-256-GCM in chunks that cannot be changed, left out, moved or cut off. Knows no contents.
//
// A file is: the mark, the length of the head (u32), the head (JSON: salt and cost), its proof, then chunks, each with its tag.
// A chunk's nonce is its number and whether it is the last; the head is bound to every chunk.
import {
  createCipheriv,
  createDecipheriv,
  hkdfSync,
  randomBytes,
  scrypt,
  timingSafeEqual,
} from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { promisify } from 'node:util';

const derive = promisify<string, Buffer, number, object, Buffer>(scrypt);

const mark = Buffer.from('KOSINT sealed 1\n');
const chunkBytes = 64 * 1024;
const tagBytes = 16;
const proofBytes = 32;
const mostHeadBytes = 1_000;

interface Cost {
  N: number;
  r: number;
  p: number;
}
/** 128 MB and about half a second for each guess. */
const cost: Cost = { N: 2 ** 17, r: 8, p: 1 };
/** A head may ask for no more memory than this, whoever wrote it. */
const mostMemory = 1024 * 1024 * 1024;

/** The file cannot be opened; the message is for whoever runs the server. */
export class SealedFileRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SealedFileRefused';
  }
}
const altered = () => new SealedFileRefused('The file is damaged or was changed: it cannot be trusted.');
const cutOff = () => new SealedFileRefused('The file is cut off: its end is missing.');

async function keysFrom(passphrase: string, salt: Buffer, { N, r, p }: Cost, head: Buffer) {
  const secret = await derive(passphrase.normalize('NFKC'), salt, 32, { N, r, p, maxmem: 256 * N * r });
  const part = (name: string) => Buffer.from(hkdfSync('sha256', secret, head, name, 32));
  return { key: part('content'), proof: part('proof') };
}

function nonceOf(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeBigUInt64BE(BigInt(number), 3);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

/** For a stream's pipeline: plain bytes in, sealed bytes out. */
export const sealing = (passphrase: string) =>
  async function* seal(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
    const salt = randomBytes(32);
    const head = Buffer.from(JSON.stringify({ ...cost, salt: salt.toString('base64') }));
    const { key, proof } = await keysFrom(passphrase, salt, cost, head);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(head.length);
    yield Buffer.concat([mark, length, head, proof]);
    let number = 0;
    for await (const { bytes, isLast } of inChunks(source, chunkBytes)) {
      const cipher = createCipheriv('aes-256-gcm', key, nonceOf(number, isLast));
      yield Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
      number += 1;
    }
  };

/** The reverse. Throws `SealedFileRefused`; what it gave out before that is genuine, and not the whole. */
export const unsealing = (passphrase: string) =>
  async function* unseal(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
    const reader = new Reader(source);
    const { key } = await openHead(reader, passphrase);
    let number = 0;
    for await (const { bytes, isLast } of inChunks(reader.rest(), chunkBytes + tagBytes)) {
      if (bytes.length < tagBytes) throw cutOff();
      const openAs = (last: boolean) => opened(key, nonceOf(number, last), bytes);
      const plain = openAs(isLast);
      if (!plain) throw isLast && openAs(false) ? cutOff() : altered();
      yield plain;
      number += 1;
    }
  };

function opened(key: Buffer, nonce: Buffer, bytes: Buffer): Buffer | null {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce);
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(0, -tagBytes)), decipher.final()]);
  } catch {
    return null;
  }
}

/** Whether the file begins as a sealed one does. */
export async function isSealed(file: FileHandle): Promise<boolean> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(mark.length), 0, mark.length, 0);
  return bytesRead === mark.length && buffer.equals(mark);
}

async function openHead(reader: Reader, passphrase: string) {
  if (!(await reader.take(mark.length))?.equals(mark))
    throw new SealedFileRefused('The file is no backup of this program.');
  const length = (await reader.take(4))?.readUInt32BE() ?? 0;
  if (length === 0 || length > mostHeadBytes) throw altered();
  const head = await reader.take(length);
  const written = await reader.take(proofBytes);
  if (!head || !written) throw cutOff();
  const { salt, ...asked } = parsedHead(head);
  // A cost that cannot be paid was never written by us.
  const { key, proof } = await keysFrom(passphrase, salt, asked, head).catch(() => {
    throw altered();
  });
  if (!timingSafeEqual(proof, written))
    throw new SealedFileRefused('The passphrase does not open this file, or its beginning was changed.');
  return { key };
}

function parsedHead(head: Buffer): Cost & { salt: Buffer } {
  try {
    const { N, r, p, salt } = JSON.parse(head.toString()) as Record<string, unknown>;
    const whole = [N, r, p].every((value) => Number.isInteger(value) && Number(value) > 0);
    if (!whole || typeof salt !== 'string' || Number(N) * Number(r) * 128 > mostMemory || Number(p) > 16)
      throw altered();
    return { N: Number(N), r: Number(r), p: Number(p), salt: Buffer.from(salt, 'base64') };
  } catch {
    throw altered();
  }
}

/** Pieces of exactly that size and a last one of at most that size, which may be empty when there is nothing at all. */
async function* inChunks(
  source: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<{ bytes: Buffer; isLast: boolean }> {
  let held: Buffer[] = [];
  let length = 0;
  for await (const piece of source) {
    held.push(Buffer.from(piece.buffer, piece.byteOffset, piece.length));
    length += piece.length;
    // One byte more than a chunk proves that it is not the last.
    if (length <= size) continue;
    const all = Buffer.concat(held);
    let at = 0;
    for (; all.length - at > size; at += size) yield { bytes: all.subarray(at, at + size), isLast: false };
    held = [all.subarray(at)];
    length = all.length - at;
  }
  yield { bytes: Buffer.concat(held), isLast: true };
}

class Reader {
  readonly #source: AsyncIterator<Uint8Array>;
  #held = Buffer.alloc(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** Null when there is not so much. */
  async take(size: number): Promise<Buffer | null> {
    while (this.#held.length < size) {
      const { value, done } = await this.#source.next();
      if (done) return null;
      this.#held = Buffer.concat([this.#held, value]);
    }
    const taken = this.#held.subarray(0, size);
    this.#held = this.#held.subarray(size);
    return taken;
  }

  async *rest(): AsyncGenerator<Uint8Array> {
    yield this.#held;
    for (;;) {
      const { value, done } = await this.#source.next();
      if (done) return;
      yield value;
    }
  }
}
