// Duty: what waits on the device reaches the server once, in order, and is never lost without a word.
import { expect } from 'chai';
import { ApiError } from '../../client/lib/api.ts';
import { type Letter, type LetterStore, makeOutbox, outboxLimits } from '../../client/lib/outbox.ts';

const letter = (id: string): Omit<Letter, 'at'> => ({ id, method: 'POST', path: '/api/cases', body: { id } });

function memory(letters: Letter[] = []): LetterStore & { kept: Letter[] } {
  const store = {
    kept: letters,
    load: () => store.kept,
    save(now: Letter[]) {
      store.kept = now;
    },
  };
  return store;
}

/** A server that can be reached or not, and remembers what came in. */
function server() {
  const state = {
    up: true,
    got: [] as string[],
    refuse: new Map<string, ApiError>(),
    async send({ id }: Letter) {
      if (!state.up) throw new ApiError(0, 'network');
      const refusal = state.refuse.get(id);
      if (refusal) throw refusal;
      state.got.push(id);
      return { data: id };
    },
  };
  return state;
}

describe('outbox', () => {
  it('sends at once while the server answers, and gives its answer back', async () => {
    const there = server();
    const outbox = makeOutbox(memory(), there.send);
    expect(await outbox.post(letter('a'))).to.deep.equal({ data: 'a' });
    expect(outbox.state()).to.include({ status: 'sent', count: 0 });
  });

  it('keeps what cannot be sent, also through a closed browser, and sends it in order', async () => {
    const there = server();
    const store = memory();
    there.up = false;
    const before = makeOutbox(store, there.send);
    expect(await before.post(letter('a'))).to.equal(null);
    expect(await before.post(letter('b'))).to.equal(null);
    expect(before.state()).to.include({ status: 'waiting', count: 2 });

    there.up = true;
    const after = makeOutbox(store, there.send);
    expect(after.state().count).to.equal(2);
    await after.flush();
    expect(there.got).to.deep.equal(['a', 'b']);
    expect(store.kept).to.deep.equal([]);
  });

  it('sends a letter once, however often it is put in or flushed', async () => {
    const there = server();
    there.up = false;
    const outbox = makeOutbox(memory(), there.send);
    await outbox.post(letter('a'));
    await outbox.post(letter('a'));
    there.up = true;
    await Promise.all([outbox.flush(), outbox.flush()]);
    expect(there.got).to.deep.equal(['a']);
  });

  it('throws a refusal to whoever is waiting for it', async () => {
    const there = server();
    there.refuse.set('a', new ApiError(422, 'input.invalid'));
    const outbox = makeOutbox(memory(), there.send);
    const error = await outbox.post(letter('a')).then(
      () => null,
      (thrown: ApiError) => thrown,
    );
    expect(error?.code).to.equal('input.invalid');
    expect(outbox.state()).to.deep.include({ count: 0, refused: [] });
  });

  it('keeps a refusal that nobody waited for, and goes on with the rest', async () => {
    const there = server();
    there.up = false;
    const outbox = makeOutbox(memory(), there.send);
    await outbox.post(letter('a'));
    await outbox.post(letter('b'));
    there.refuse.set('a', new ApiError(403, 'notAllowed'));
    there.up = true;
    await outbox.flush();
    expect(there.got).to.deep.equal(['b']);
    expect(outbox.state().refused.map((one) => one.letter.id)).to.deep.equal(['a']);
    outbox.drop('a');
    expect(outbox.state().refused).to.deep.equal([]);
  });

  it('keeps letters while the session is over or the server is busy', async () => {
    for (const status of [401, 429, 500, 503]) {
      const there = server();
      there.refuse.set('a', new ApiError(status, 'x'));
      const outbox = makeOutbox(memory(), there.send);
      expect(await outbox.post(letter('a')), String(status)).to.equal(null);
      expect(outbox.state().count, String(status)).to.equal(1);
    }
  });

  it('forgets what is too old, and takes no more than a lost phone may hold', async () => {
    const there = server();
    const now = Date.now();
    const old = { ...letter('old'), at: now - outboxLimits.age - 1 };
    const outbox = makeOutbox(memory([old]), there.send, () => now);
    expect(outbox.state().count).to.equal(0);
    there.up = false;
    for (let i = 0; i < outboxLimits.letters; i += 1) await outbox.post(letter(`n${i}`));
    const error = await outbox.post(letter('more')).then(
      () => null,
      (thrown: ApiError) => thrown,
    );
    expect(error?.code).to.equal('outbox.full');
  });

  it('tells its listeners, and forgets everything on clearing', async () => {
    const there = server();
    there.up = false;
    const store = memory();
    const outbox = makeOutbox(store, there.send);
    let told = 0;
    const stop = outbox.subscribe(() => {
      told += 1;
    });
    await outbox.post(letter('a'));
    expect(told).to.be.greaterThan(0);
    stop();
    outbox.clear();
    expect(store.kept).to.deep.equal([]);
    expect(outbox.state()).to.include({ status: 'empty', count: 0 });
  });
});
