// Duty: every refusal of a change leaves one line in the log with ids and a code, and nothing of what was sent.
import { expect } from 'chai';
import { newId } from '../../shared/api.ts';
import { logged } from '../support/cases.ts';
import { listenToLog } from '../support/logLines.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

describe('Refusals', () => {
  let server: TestServer;
  let activist: Person;
  let caseId: string;

  before(async () => {
    server = await startTestServer();
    activist = await server.as('activist');
    caseId = await logged(activist);
  });
  after(() => server.stop());

  async function linesOf(act: () => Promise<{ status: number }>) {
    const { lines, silence } = listenToLog();
    const { status } = await act();
    silence();
    return {
      status,
      lines: lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'refused'),
      text: lines.join(''),
    };
  }

  const move = (input: unknown) => activist.post(`/api/cases/${caseId}/moves`, input);

  it('when a change is refused, writes who, where, which record and why, once', async () => {
    const secret = 'Refusedwhisper';
    const other = await server.as('activist', { municipality: 'peja' });
    const acts: [number, string, () => Promise<{ status: number }>][] = [
      [
        403,
        'notAllowed',
        () => move({ move: 'dismiss', outcome: 'out_of_scope', reason: secret, version: 1 }),
      ],
      [409, 'move.notFromHere', () => move({ move: 'reopen', reason: secret, version: 1 })],
      [422, 'input.invalid', () => move({ move: 'reopen', reason: secret, [secret]: secret })],
      [404, 'notFound', () => other.post(`/api/cases/${caseId}/notes`, { id: newId(), text: secret })],
    ];
    for (const [status, code, act] of acts) {
      const found = await linesOf(act);
      expect(found.status).to.equal(status);
      expect(found.lines, code).to.have.length(1);
      expect(found.lines[0]).to.include({ status, code, method: 'POST' });
      expect(found.lines[0].ids).to.deep.equal([caseId]);
      expect(found.lines[0].user).to.be.oneOf([activist.id, other.id]);
      expect(found.text).not.to.include(secret);
    }
  });

  it('when a one-time link is wrong, keeps its token out of the log', async () => {
    const token = 'x'.repeat(43);
    const found = await linesOf(() =>
      server.stranger().post(`/api/answers/${token}/moves`, { move: 'begin', version: 1 }),
    );
    expect(found.status).to.equal(404);
    expect(found.lines[0]).to.include({ code: 'link.unknown', user: null });
    expect(found.text).not.to.include(token);
  });

  it('when something is only read, writes no line', async () => {
    const found = await linesOf(() => activist.get(`/api/cases/${newId()}`));
    expect(found.status).to.equal(404);
    expect(found.lines).to.deep.equal([]);
  });
});
