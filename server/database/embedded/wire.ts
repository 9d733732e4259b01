// Duty: MongoDB's wire format: messages out of a byte stream and replies into bytes. What is malformed throws
// `WireError`, and the connection that sent it is closed. No commands here.
import { BSON } from 'bson';
import { crc32c } from './crc32c.ts';
import { type Doc, encode } from './semantics/values.ts';

export class WireError extends Error {}

export interface Request {
  requestId: number;
  body: Doc;
  /** The sender wants no answer. */
  silent: boolean;
  /** Came as OP_QUERY, which only a handshake may, and wants OP_REPLY. */
  legacy: boolean;
}

export const largestMessage = 48_000_000;
const headerBytes = 16;
const opReply = 1;
const opQuery = 2004;
const opMsg = 2013;
const checksumPresent = 1;
const moreToCome = 2;
/** Bits a receiver must understand or refuse. */
const requiredFlags = 0xffff;

/** Cuts a stream of bytes into whole messages. */
export class MessageReader {
  #chunks: Buffer[] = [];
  #length = 0;

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
  }

  next(): Buffer | undefined {
    if (this.#length < headerBytes) return undefined;
    if (this.#chunks[0]!.length < 4) this.#join();
    const size = this.#chunks[0]!.readInt32LE(0);
    if (size < headerBytes || size > largestMessage) throw new WireError(`message of ${size} bytes`);
    if (this.#length < size) return undefined;
    if (this.#chunks[0]!.length < size) this.#join();
    const first = this.#chunks[0]!;
    this.#length -= size;
    if (first.length === size) this.#chunks.shift();
    else this.#chunks[0] = first.subarray(size);
    return first.subarray(0, size);
  }

  #join(): void {
    this.#chunks = [Buffer.concat(this.#chunks)];
  }
}

export function parseMessage(message: Buffer): Request {
  const requestId = message.readInt32LE(4);
  const operation = message.readInt32LE(12);
  try {
    if (operation === opMsg) return parseMsg(message, requestId);
    if (operation === opQuery) return parseQuery(message, requestId);
  } catch (error) {
    throw error instanceof WireError ? error : new WireError((error as Error).message);
  }
  throw new WireError(`operation ${operation} is not spoken here`);
}

function parseQuery(message: Buffer, requestId: number): Request {
  const nameEnd = message.indexOf(0, headerBytes + 4);
  if (nameEnd < 0) throw new WireError('unterminated collection name');
  const namespace = message.toString('utf8', headerBytes + 4, nameEnd);
  if (!namespace.endsWith('.$cmd')) throw new WireError(`OP_QUERY on ${namespace}`);
  const body = decodeCommand(documentAt(message, nameEnd + 9));
  body.$db = namespace.slice(0, -'.$cmd'.length);
  return { requestId, body, silent: false, legacy: true };
}

function parseMsg(message: Buffer, requestId: number): Request {
  const flags = message.readUInt32LE(headerBytes);
  if (flags & requiredFlags & ~(checksumPresent | moreToCome)) throw new WireError(`message flags ${flags}`);
  let end = message.length;
  if (flags & checksumPresent) {
    end -= 4;
    if (message.readUInt32LE(end) !== crc32c(message.subarray(0, end)))
      throw new WireError('checksum differs');
  }
  let body: Doc | undefined;
  const sequences: [name: string, documents: Buffer[]][] = [];
  for (let at = headerBytes + 4; at < end; ) {
    const kind = message[at++];
    if (kind === 0) {
      if (body) throw new WireError('two bodies');
      const bytes = documentAt(message, at, end);
      body = decodeCommand(bytes);
      at += bytes.length;
    } else if (kind === 1) {
      const size = message.readInt32LE(at);
      if (size < 5 || at + size > end) throw new WireError('document sequence too long');
      sequences.push(parseSequence(message.subarray(at + 4, at + size)));
      at += size;
    } else throw new WireError(`section of kind ${kind}`);
  }
  if (!body) throw new WireError('no body');
  for (const [name, documents] of sequences) {
    if (Object.hasOwn(body, name)) throw new WireError(`${name} twice`);
    // The documents to insert stay bytes; operations of other commands are wanted decoded.
    body[name] = name === 'documents' ? documents : documents.map((bytes) => decodeCommand(bytes));
  }
  return { requestId, body, silent: (flags & moreToCome) !== 0, legacy: false };
}

function parseSequence(section: Buffer): [string, Buffer[]] {
  const nameEnd = section.indexOf(0);
  if (nameEnd < 0) throw new WireError('unterminated sequence name');
  const documents: Buffer[] = [];
  for (let at = nameEnd + 1; at < section.length; ) {
    const bytes = documentAt(section, at);
    documents.push(bytes);
    at += bytes.length;
  }
  return [section.toString('utf8', 0, nameEnd), documents];
}

function documentAt(buffer: Buffer, at: number, end = buffer.length): Buffer {
  if (at + 5 > end) throw new WireError('document cut off');
  const size = buffer.readInt32LE(at);
  if (size < 5 || at + size > end || buffer[at + size - 1] !== 0)
    throw new WireError(`document of ${size} bytes`);
  return buffer.subarray(at, at + size);
}

const decodeOptions = { promoteValues: false, promoteBuffers: false, bsonRegExp: true } as const;

/** A command; the documents of an insert stay the bytes that the client sent. */
function decodeCommand(bytes: Buffer): Doc {
  const isInsert = bytes.toString('latin1', 5, 12) === 'insert\0';
  const options = isInsert ? { ...decodeOptions, fieldsAsRaw: { documents: true } } : decodeOptions;
  return BSON.deserialize(bytes, options) as Doc;
}

export function encodeReply(request: Request, body: Uint8Array, requestId: number): Buffer {
  // OP_REPLY: flags, cursor id, starting from, number returned. OP_MSG: flags, section kind.
  const prefix = Buffer.alloc(request.legacy ? 20 : 5);
  if (request.legacy) prefix.writeInt32LE(1, 16);
  const header = Buffer.alloc(headerBytes);
  header.writeInt32LE(headerBytes + prefix.length + body.length, 0);
  header.writeInt32LE(requestId, 4);
  header.writeInt32LE(request.requestId, 8);
  header.writeInt32LE(request.legacy ? opReply : opMsg, 12);
  return Buffer.concat([header, prefix, body]);
}

/** A reply that carries documents as they are stored, without decoding them. */
export interface CursorReply {
  cursor: { name: 'firstBatch' | 'nextBatch'; rows: (Uint8Array | Doc)[]; rest: Doc };
  rest?: Doc;
}

export function encodeCursorReply({ cursor, rest }: CursorReply): Uint8Array {
  const parts: Buffer[] = [];
  for (const [at, row] of cursor.rows.entries()) {
    parts.push(Buffer.from(`\x03${at}\0`, 'latin1'));
    parts.push(row instanceof Uint8Array ? (row as Buffer) : (encode(row) as Buffer));
  }
  const batch = wrapped(`\x04${cursor.name}\0`, parts);
  const inner = wrapped('\x03cursor\0', [batch, fieldsOf(cursor.rest)]);
  return framed([inner, fieldsOf({ ...rest, ok: 1 })]);
}

const fieldsOf = (doc: Doc): Buffer => Buffer.from(encode(doc).subarray(4, -1));

function framed(parts: Buffer[]): Buffer {
  const size = Buffer.alloc(4);
  const whole = Buffer.concat([size, ...parts, Buffer.alloc(1)]);
  whole.writeInt32LE(whole.length, 0);
  return whole;
}

const wrapped = (head: string, parts: Buffer[]): Buffer =>
  Buffer.concat([Buffer.from(head, 'latin1'), framed(parts)]);
