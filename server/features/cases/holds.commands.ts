// Duty: hold a case back from being anonymised until a day, for a reason of a closed list, and lift that. When a hold counts: the retention slice.
import { type HoldInput, mostHoldMonths } from '../../../shared/retention.ts';
import { clock, dayOf, monthsAfter } from '../../clock.ts';
import { invalid } from '../../errors.ts';
import { ensure, type Viewer } from '../../policy.ts';
import { type CaseFile, CaseModel } from './cases.model.ts';
import { mayHold } from './cases.policy.ts';
import { changeCase, type Edit, refuseAnonymised } from './change.ts';

/** Who sets it owns it, and is told when it ends. Set anew, it is the new owner's. */
export function holdCase(
  viewer: Viewer,
  id: string,
  { reason, until }: HoldInput,
  now = clock.now(),
): Promise<CaseFile> {
  return changeCase(
    viewer,
    id,
    (caseFile): Edit | null => {
      ensure(mayHold, viewer, caseFile);
      refuseAnonymised(caseFile);
      if (until < dayOf(now)) throw invalid([{ path: ['until'], code: 'in_the_past' }]);
      if (until > monthsAfter(dayOf(now), mostHoldMonths))
        throw invalid([{ path: ['until'], code: 'hold_too_far', params: { months: mostHoldMonths } }]);
      const { hold } = caseFile;
      if (hold?.by === viewer.id && hold.reason === reason && hold.until === until) return null;
      return {
        set: { hold: { by: viewer.id, reason, until, setAt: now, endTold: false } },
        entry: { what: 'held' },
      };
    },
    now,
  );
}

export function liftHold(viewer: Viewer, id: string): Promise<CaseFile> {
  return changeCase(viewer, id, (caseFile): Edit | null => {
    ensure(mayHold, viewer, caseFile);
    return caseFile.hold ? { set: { hold: null }, entry: { what: 'holdLifted' } } : null;
  });
}

/** Of this very hold. */
export async function holdEndTold(id: string, until: string): Promise<void> {
  await CaseModel.updateOne({ _id: id, 'hold.until': until }, { $set: { 'hold.endTold': true } });
}
