// Duty: what is written to the chain is found whole, what was tampered with is named, several processes and a crash included.
import { once } from 'node:events';
import { expect } from 'chai';
import mongoose from 'mongoose';
import {
  type AuditAnchor,
  AuditAnchorModel,
  type AuditBlock,
  AuditBlockModel,
  type AuditChain,
  AuditChainModel,
} from '../../server/features/audit/audit.model.ts';
import { markLostChains } from '../../server/features/audit/chains.ts';
import { ChainWriter } from '../../server/features/audit/chainWriter.ts';
import { entryOf, linesIn } from '../../server/features/audit/entries.ts';
import { markOf, marksIn, openAudit } from '../../server/features/audit/seals.ts';
import { checkAudit, cutAudit } from '../../server/features/audit/upkeep.commands.ts';
import { walkAudit } from '../../server/features/audit/verify.queries.ts';
import { log } from '../../server/log.ts';
import { newId } from '../../shared/api.ts';
import { auditBlocks, auditSecret, someEntry, startAuditProcess } from '../support/audit.ts';
import { emptyDatabase, testFolder } from '../support/database.ts';

const month = 31 * 86_400_000;

describe('The chain of the audit log', () => {
  let writer: ChainWriter;
  const blocks = () => AuditBlockModel.collection;
  const found = async () =>
    (await walkAudit()).faults.map(({ kind, chain, entry }) => `${chain ? '' : 'anchor '}${kind} ${entry}`);

  const rowsIn = (block: AuditBlock) => linesIn(block).map((line) => entryOf(line)!.rows);
  /** That block with other lines, and marks if they are given. */
  const rewrite = (block: AuditBlock, lines: string[], marks = marksIn(block.marks)) =>
    blocks().updateOne(
      { _id: block._id as never },
      { $set: { lines: lines.join('\n'), marks: marks.join('') } },
    );

  beforeEach(async () => {
    log.level = 'silent';
    await emptyDatabase();
    openAudit(auditSecret);
    writer = new ChainWriter();
  });
  afterEach(() => writer.stop());

  /** Five blocks of three entries each: numbers 1 to 15. */
  async function fiveBlocks() {
    for (let block = 0; block < 5; block += 1) {
      for (let entry = 0; entry < 3; entry += 1)
        writer.add(someEntry({ by: newId(), ids: [newId()], rows: block * 3 + entry + 1 }));
      await writer.flush();
    }
    return auditBlocks();
  }

  it('keeps every entry once, in order, in groups, and finds itself sound', async () => {
    const kept = Array.from({ length: 1200 }, (_, index) => writer.keep(someEntry({ rows: index })));
    await Promise.all(kept);
    const written = await auditBlocks();
    expect(written.length).to.be.lessThan(10);
    const rows = written.flatMap(rowsIn);
    expect(rows).to.deep.equal(Array.from({ length: 1200 }, (_, index) => index));
    const walk = await walkAudit();
    expect(walk).to.include({ chains: 1, entries: 1200, lost: 0, cut: 0 });
    expect(walk.faults).to.deep.equal([]);
  });

  it('writes what nobody waits for within a second', async () => {
    writer.add(someEntry());
    await new Promise((resolve) => setTimeout(resolve, 1_300));
    expect(await auditBlocks()).to.have.length(1);
  });

  it('names an entry that was altered', async () => {
    const [, , third] = await fiveBlocks();
    const lines = linesIn(third!);
    await rewrite(third!, lines.with(1, lines[1]!.replace('GET /api/test', 'GET /api/nothing')));
    expect(await found()).to.deep.equal(['altered 8']);
  });

  it('names the block whose marks were made anew with it, because nobody can make the seal', async () => {
    const [, , third] = await fiveBlocks();
    const lines = linesIn(third!);
    const line = lines[2]!.replace('200', '404');
    const marks = marksIn(third!.marks);
    await rewrite(third!, lines.with(2, line), marks.with(2, markOf(marks[1]!, line)));
    const faults = await found();
    expect(faults).to.include('seal_broken 7');
    expect(faults).to.include('altered 10');
  });

  it('names where entries were removed', async () => {
    const [, second, third] = await fiveBlocks();
    await rewrite(second!, linesIn(second!).toSpliced(1, 1), marksIn(second!.marks).toSpliced(1, 1));
    expect((await found())[0]).to.equal('out_of_order 5');
    await blocks().replaceOne({ _id: second!._id as never }, second as never);
    await blocks().deleteOne({ _id: third!._id as never });
    expect(await found()).to.include('missing 7');
  });

  it('names entries that changed places', async () => {
    const [, , , fourth] = await fiveBlocks();
    const [a, b, c] = linesIn(fourth!) as [string, string, string];
    await rewrite(fourth!, [a, c, b]);
    expect(await found()).to.deep.equal(['out_of_order 11', 'out_of_order 12']);
  });

  it('finds an end that was cut off, a chain that was taken away, and lists that no longer find an entry', async () => {
    const [first, , , , fifth] = await fiveBlocks();
    await writer.stop();
    await blocks().deleteOne({ _id: fifth!._id as never });
    expect(await found()).to.deep.equal(['cut_short 13']);
    await blocks().insertOne(fifth as never);
    await blocks().updateOne({ _id: first!._id as never }, { $set: { people: first!.people.slice(1) } });
    expect(await found()).to.deep.equal(['index_altered 1']);
    await blocks().deleteMany({});
    await AuditChainModel.collection.deleteMany({});
    expect(await found()).to.include('missing 0');
  });

  it('finds an anchor that was altered or taken away, the last one by the head that was written down', async () => {
    await fiveBlocks();
    await writer.stop();
    const { head } = await walkAudit();
    expect(head).to.match(/^2:/);
    const anchors = AuditAnchorModel.collection;
    const closed = await AuditAnchorModel.findOne({ kind: 'closed' }).lean<AuditAnchor>();
    await anchors.updateOne({ _id: 2 as never }, { $set: { blocks: 4 } });
    expect(await found()).to.include('anchor anchor_broken 2');
    await anchors.deleteOne({ _id: 2 as never });
    expect((await walkAudit()).faults).to.deep.equal([]);
    expect((await walkAudit(head)).faults).to.deep.equal([{ kind: 'cut_short', chain: null, entry: 2 }]);
    await anchors.insertOne(closed as never);
    expect((await walkAudit(head)).faults).to.deep.equal([]);
  });

  it('is not believed under another key', async () => {
    await fiveBlocks();
    openAudit('somebody else’s secret, just as long');
    expect(await found()).to.include('other_key 1');
    openAudit(auditSecret);
    expect(await found()).to.deep.equal([]);
  });

  it('anchors what a walk found, sound or not', async () => {
    const [first] = await fiveBlocks();
    expect(await checkAudit()).to.equal(0);
    await rewrite(first!, linesIn(first!).toReversed());
    expect(await checkAudit()).to.be.greaterThan(0);
    const checks = await AuditAnchorModel.find({ kind: 'checked' }).sort({ _id: 1 }).lean<AuditAnchor[]>();
    expect(checks.map(({ found }) => JSON.parse(found).total > 0)).to.deep.equal([false, true]);
  });

  it('cuts what is too old or too much behind an anchor, stays sound, and can be interrupted', async () => {
    const longAgo = Date.now() - 3 * month;
    for (let block = 0; block < 4; block += 1) {
      writer.add(someEntry({ at: block < 2 ? longAgo : Date.now() }));
      await writer.flush();
    }
    const [first] = await auditBlocks();
    expect(await cutAudit({ months: 2, entries: 10_000 })).to.equal(2);
    expect(await auditBlocks()).to.have.length(2);
    let walk = await walkAudit();
    expect(walk).to.include({ entries: 2, cut: 2 });
    expect(walk.faults).to.deep.equal([]);
    // As if the process had ended between anchor and removal.
    await blocks().insertOne(first as never);
    expect((await walkAudit()).faults).to.deep.equal([]);
    expect(await cutAudit({ months: 2, entries: 1 })).to.equal(1);
    expect(await auditBlocks()).to.have.length(1);
    walk = await walkAudit();
    expect(walk).to.include({ entries: 1, cut: 3 });
    expect(walk.faults).to.deep.equal([]);
    writer.add(someEntry());
    await writer.flush();
    expect((await walkAudit()).faults).to.deep.equal([]);
  });

  it('refuses to be rewritten through its models', async () => {
    await fiveBlocks();
    const refusal = await AuditBlockModel.deleteMany({}).then(
      () => null,
      (error: Error) => error.message,
    );
    expect(refusal).to.equal('The audit log is only ever added to');
  });

  it('says of what could not be written, goes on when it can, and loses nothing that was acknowledged', async () => {
    await writer.keep(someEntry({ rows: 1 }));
    const insertOne = blocks().insertOne.bind(blocks());
    const collection = blocks() as unknown as { insertOne: unknown };
    collection.insertOne = () => Promise.reject(new Error('disk full'));
    const refused = await writer.keep(someEntry({ rows: 2 })).then(
      () => false,
      () => true,
    );
    collection.insertOne = insertOne;
    expect(refused).to.equal(true);
    await writer.keep(someEntry({ rows: 3 }));
    const rows = (await auditBlocks()).flatMap(rowsIn);
    expect(rows).to.deep.equal([1, 2, 3]);
    expect((await walkAudit()).faults).to.deep.equal([]);
  });

  it('stays whole with several processes, and shows which of them ended in a crash', async () => {
    const name = mongoose.connection.name;
    const [other, doomed] = await Promise.all([
      startAuditProcess(testFolder, name),
      startAuditProcess(testFolder, name),
    ]);
    const mine = Promise.all(Array.from({ length: 200 }, () => writer.keep(someEntry())));
    await Promise.all([other.keep(150), doomed.keep(100), mine]);
    await doomed.add(40);
    doomed.child.kill('SIGKILL');
    await once(doomed.child, 'exit');
    await other.close();
    expect(await markLostChains()).to.equal(1);
    expect(await markLostChains(), 'once').to.equal(0);
    const walk = await walkAudit();
    expect(walk.faults).to.deep.equal([]);
    expect(walk).to.include({ chains: 3, lost: 1 });
    expect(walk.entries).to.be.within(450, 490);
    const ends = await AuditChainModel.find().lean<AuditChain[]>();
    expect(ends.map(({ end }) => String(end)).sort()).to.deep.equal(['closed', 'lost', 'null']);
    const marker = await AuditAnchorModel.findOne({ kind: 'lost' }).lean<AuditAnchor>();
    expect(marker!.entries).to.be.within(100, 140);
  }).timeout(60_000);
});
