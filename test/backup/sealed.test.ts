// Duty: sealed files: what goes in comes out, and nothing else ever does: no other passphrase, no changed, moved, missing or further byte.
import { expect } from 'chai';
import fc from 'fast-check';
import { SealedFileRefused, sealing, unsealing } from '../../server/backup/sealed.ts';

const passphrase = 'a passphrase of the test';
const chunk = 64 * 1024;

async function through(
  step: (source: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>,
  pieces: Uint8Array[],
) {
  async function* source() {
    yield* pieces;
  }
  const out: Uint8Array[] = [];
  for await (const bytes of step(source())) out.push(bytes);
  return Buffer.concat(out);
}
const seal = (...pieces: Uint8Array[]) => through(sealing(passphrase), pieces);
const open = (bytes: Uint8Array, by = passphrase) => through(unsealing(by), [bytes]);

async function refusal(bytes: Uint8Array, by = passphrase): Promise<string> {
  try {
    await open(bytes, by);
  } catch (error) {
    if (error instanceof SealedFileRefused) return error.message;
    throw error;
  }
  return 'opened';
}

describe('A sealed file', function () {
  // Each key costs half a second on purpose.
  this.timeout(60_000);
  let content: Buffer;
  let sealed: Buffer;
  before(async () => {
    content = Buffer.alloc(3 * chunk + 77, 'what is inside ');
    sealed = await seal(content);
  });

  it('gives back what was sealed, however it came and comes in pieces, at every edge of a chunk', async () => {
    expect(await open(sealed)).to.deep.equal(content);
    for (const size of [0, 1, chunk - 1, chunk, chunk + 1, 2 * chunk]) {
      const bytes = Buffer.alloc(size, 7);
      expect(
        (await open(await seal(bytes.subarray(0, 3), bytes.subarray(3)))).equals(bytes),
        `${size}`,
      ).to.equal(true);
    }
    const pieces = Array.from({ length: Math.ceil(sealed.length / 999) }, (_, at) =>
      sealed.subarray(at * 999, at * 999 + 999),
    );
    expect(await through(unsealing(passphrase), pieces)).to.deep.equal(content);
  });

  it('shows nothing of its contents, and never the same twice', async () => {
    expect(sealed.includes('what is inside')).to.equal(false);
    expect(sealed.includes(passphrase)).to.equal(false);
    expect((await seal(content)).subarray(200).equals(sealed.subarray(200))).to.equal(false);
  });

  it('says which: another passphrase, no backup, cut off, changed', async () => {
    expect(await refusal(sealed, 'another passphrase')).to.match(/^The passphrase does not open this file/);
    expect(await refusal(Buffer.from('just some words that are no backup'))).to.match(/is no backup/);
    expect(await refusal(Buffer.alloc(0))).to.match(/is no backup/);
    const head = sealed.length - content.length - 4 * 16;
    // Cut where a chunk ends, in the middle of one, in the head.
    for (const end of [head + chunk + 16, sealed.length - 40, head - 3, 30])
      expect(await refusal(sealed.subarray(0, end)), `${end}`).to.match(/cut off|damaged/);
    expect(await refusal(sealed.subarray(0, head + 2 * (chunk + 16)))).to.match(/cut off/);
    const swapped = Buffer.from(sealed);
    sealed.copy(swapped, head, head + chunk + 16, head + 2 * (chunk + 16));
    expect(await refusal(swapped)).to.match(/changed/);
    expect(await refusal(Buffer.concat([sealed, Buffer.from('more')]))).to.match(/changed/);
  });

  it('is refused whichever byte was changed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const changed = Buffer.from(sealed);
        changed[at]! ^= change;
        expect(await refusal(changed)).not.to.equal('opened');
      }),
      {
        numRuns: 12,
        examples: [
          [0, 1],
          [17, 1],
          [25, 1],
          // The cost: still a number, and none that can be computed with.
          [26, 1],
          [100, 1],
          [sealed.length - 1, 128],
        ],
      },
    );
  });
});
