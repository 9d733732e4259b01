// Duty: put one self-declared answer among the others of its month. Takes no case and keeps no user; tells nobody live.
import { randomInt } from 'node:crypto';
import type { EquityAnswerInput } from '../../../shared/equity.ts';
import { clock, dayOf } from '../../clock.ts';
import { unavailable } from '../../errors.ts';
import { ensure, type Viewer } from '../../policy.ts';
import { EquityMonthModel, type KeptAnswer } from './equity.model.ts';
import { mayAnswerEquity } from './identities.policy.ts';

const mostAttempts = 20;

/** The month's answers are shuffled at every writing, so that neither the newest nor any order can be told from the file. */
export async function answerEquity(viewer: Viewer, input: EquityAnswerInput): Promise<void> {
  ensure(mayAnswerEquity, viewer, null);
  const month = dayOf(clock.now()).slice(0, 7);
  const answer: KeptAnswer = {
    communities: [...input.communities].sort(),
    ownWords: input.ownWords.toLocaleLowerCase('sq'),
  };
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const kept = await EquityMonthModel.findOne({ _id: month }).lean();
    if (!kept) {
      await EquityMonthModel.updateOne(
        { _id: month },
        { $setOnInsert: { version: 1, answers: [] } },
        { upsert: true },
      );
      continue;
    }
    const written = await EquityMonthModel.updateOne(
      { _id: month, version: kept.version },
      { $set: { version: kept.version + 1, answers: shuffled([...kept.answers, answer]) } },
    );
    if (written.matchedCount === 1) return;
  }
  throw unavailable(1, 'equity.busy');
}

function shuffled<Item>(items: Item[]): Item[] {
  const mixed = [...items];
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1);
    [mixed[last], mixed[other]] = [mixed[other]!, mixed[last]!];
  }
  return mixed;
}
