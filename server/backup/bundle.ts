// Duty: several files one after the other in one stream of bytes, each with its name, its rights and its end. Seals and compresses nothing.
//
// Frames: a letter, a length (u32), so many bytes. F: a file begins (JSON), D: a part of it, E: the bundle ends (JSON: how many files).

export interface BundledFile {
  /** Relative, with `/`; never leads upwards. */
  path: string;
  mode: number;
  content: AsyncIterable<Uint8Array>;
}

const mostFrame = 32 * 1024 * 1024;

function frame(kind: 'F' | 'D' | 'E', bytes: Uint8Array): Buffer {
  const head = Buffer.alloc(5);
  head.write(kind, 'latin1');
  head.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
}
const said = (value: object) => Buffer.from(JSON.stringify(value));

export async function* bundled(files: AsyncIterable<BundledFile>): AsyncGenerator<Buffer> {
  let count = 0;
  for await (const { path, mode, content } of files) {
    count += 1;
    yield frame('F', said({ path, mode }));
    for await (const bytes of gathered(content)) yield frame('D', bytes);
  }
  yield frame('E', said({ files: count }));
}

const gatherBytes = 64 * 1024;

/** Small pieces together, so that a document is not a frame of its own. */
async function* gathered(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = [];
  let length = 0;
  for await (const bytes of content) {
    held.push(bytes);
    length += bytes.length;
    if (length < gatherBytes) continue;
    yield Buffer.concat(held);
    held = [];
    length = 0;
  }
  if (length > 0) yield Buffer.concat(held);
}

/** Each file's content must be read to its end before the next is asked for. Throws when the bundle has no end or is no bundle. */
export async function* unbundled(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<BundledFile> {
  const frames = framesOf(bytes);
  let count = 0;
  let next = (await frames.next()).value as Frame | undefined;
  async function* content(): AsyncGenerator<Uint8Array> {
    for (;;) {
      next = (await frames.next()).value as Frame | undefined;
      if (next?.kind !== 'D') return;
      yield next.bytes;
    }
  }
  for (; next?.kind === 'F'; count += 1) {
    const { path, mode } = JSON.parse(next.bytes.toString()) as { path: string; mode: number };
    yield { path, mode, content: content() };
  }
  const end = next as Frame | undefined;
  if (end?.kind !== 'E') throw new Error('The backup has no end');
  const { files } = JSON.parse(end.bytes.toString()) as { files: number };
  if (files !== count) throw new Error(`The backup names ${files} files and has ${count}`);
}

interface Frame {
  kind: string;
  bytes: Buffer;
}

async function* framesOf(source: AsyncIterable<Uint8Array>): AsyncGenerator<Frame> {
  let held = Buffer.alloc(0);
  for await (const chunk of source) {
    held = held.length === 0 ? Buffer.from(chunk) : Buffer.concat([held, chunk]);
    while (held.length >= 5) {
      const length = held.readUInt32BE(1);
      if (length > mostFrame) throw new Error('The backup is damaged');
      if (held.length < 5 + length) break;
      yield { kind: held.toString('latin1', 0, 1), bytes: held.subarray(5, 5 + length) };
      held = held.subarray(5 + length);
    }
  }
  if (held.length > 0) throw new Error('The backup has no end');
}
