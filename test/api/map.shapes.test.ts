// Duty: the shapes anybody may have, with their licence. Cases on the map are map.test.ts.
import { expect } from 'chai';
import { municipalitySlugs } from '../../shared/directory.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

describe('GET /api/map/shapes', () => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer();
  });
  after(() => server.stop());

  it('gives anybody the seven shapes with their attribution, and 304 the second time', async () => {
    const first = await server.stranger().get('/api/map/shapes');
    expect(first.status).to.equal(200);
    expect(first.body.data.municipalities.map((shape: { id: string }) => shape.id)).to.have.members([
      ...municipalitySlugs,
    ]);
    expect(first.body.data.attribution).to.include('OpenStreetMap');
    const again = await server.stranger().send('GET', '/api/map/shapes', undefined, {
      'If-None-Match': first.headers.get('etag')!,
    });
    expect(again.status).to.equal(304);
  });
});
