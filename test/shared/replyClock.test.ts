// Duty: hold the counting of reply days against a count day by day, and the clock's known corners.
import { expect } from 'chai';
import fc from 'fast-check';
import { dayLater, daysBetween, isWorkingDay, replyDay } from '../../shared/replyClock.ts';

const none = new Set<string>();
const calendar = (days: number, extensionDays = 0) => ({ days, dayKind: 'calendar' as const, extensionDays });
const working = (days: number, extensionDays = 0) => ({ days, dayKind: 'working' as const, extensionDays });

describe('replyDay', () => {
  it('counts calendar days from the day after sending', () => {
    expect(replyDay('2026-11-02', calendar(7), false, none)).to.equal('2026-11-09');
  });

  it('passes a last day at a weekend or on a holiday to the next open one', () => {
    expect(replyDay('2026-11-06', calendar(8), false, none)).to.equal('2026-11-16');
    expect(replyDay('2026-12-18', calendar(7), false, new Set(['2026-12-25']))).to.equal('2026-12-28');
  });

  it('leaves weekends and holidays out of working days', () => {
    expect(replyDay('2026-11-06', working(1), false, none)).to.equal('2026-11-09');
    expect(replyDay('2026-12-24', working(2), false, new Set(['2026-12-25']))).to.equal('2026-12-29');
    expect(replyDay('2026-12-31', working(1), false, new Set(['2027-01-01', '2027-01-04']))).to.equal(
      '2027-01-05',
    );
  });

  it('counts an extension as one stretch with the first days', () => {
    expect(replyDay('2026-11-02', calendar(7, 15), true, none)).to.equal('2026-11-24');
    expect(replyDay('2026-11-02', calendar(7, 15), false, none)).to.equal('2026-11-09');
  });

  it('is always an open day, with exactly so many open days behind it', () => {
    const days = fc.integer({ min: 0, max: 700 }).map((at) => dayLater('2026-01-01', at));
    fc.assert(
      fc.property(
        days,
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 0, max: 30 }),
        fc.boolean(),
        fc.uniqueArray(days, { maxLength: 40 }),
        (sentOn, count, extension, extended, list) => {
          const holidays = new Set(list);
          const due = replyDay(sentOn, working(count, extension), extended, holidays);
          let open = 0;
          for (let day = dayLater(sentOn, 1); day <= due; day = dayLater(day, 1))
            if (isWorkingDay(day, holidays)) open += 1;
          expect(open).to.equal(count + (extended ? extension : 0));
          expect(isWorkingDay(due, holidays)).to.equal(true);
          const plain = replyDay(sentOn, calendar(count, extension), extended, holidays);
          expect(daysBetween(sentOn, plain)).to.be.at.least(count);
          expect(isWorkingDay(plain, holidays)).to.equal(true);
        },
      ),
      { numRuns: 200 },
    );
  });
});
