// Duty: what on a device is about a case that the server knows, and nothing else, goes when the case leaves its reader's sight.
import { expect } from 'chai';
import { casesKeptHere } from '../../client/lib/forgetCase.ts';

const [noted, edited, photographed, unsent, waiting] = [1, 2, 3, 4, 5].map(
  (last) => `01a1ffa9-b96f-732a-b6d0-d67d0108000${last}`,
) as [string, string, string, string, string];

describe('Cases that a device keeps something of', () => {
  it('are those of notes, edits and letters, not those that were never sent', () => {
    const names = ['outbox', `note.${noted}`, `edit.${edited}.title`, `draft.${unsent}`, `answer.${noted}`];
    const letters = [
      { id: waiting, path: '/api/cases' },
      { id: 'p', path: `/api/cases/${photographed}/evidence?id=p` },
      { id: 'q', path: `/api/cases/${unsent}/evidence?id=q` },
      { id: 'r', path: `/api/cases/${waiting}/evidence?id=r` },
    ];
    expect(casesKeptHere(names, letters).sort()).to.deep.equal([noted, edited, photographed]);
  });
});
