// Duty: what both baselines that keep a case do to keep it: one insert by the official driver, as many bytes and index entries as a case costs, no policy.
import { type Document, MongoClient } from 'mongodb';

export type Stored = Document & { _id: string };

export interface BareDatabase {
  cases: ReturnType<typeof casesOf>;
  create(input: Document): Promise<Stored>;
}

const casesOf = (client: MongoClient) => client.db('kosint').collection<Stored>('cases');

export async function openBare(uri: string): Promise<BareDatabase> {
  const client = await new MongoClient(uri, { maxPoolSize: 20 }).connect();
  const cases = casesOf(client);
  const created = client.db('kosint').collection<Stored>('baseline');
  const template = (await cases.findOne({}, { sort: { loggedAt: -1 } }))!;
  for (const { v: _v, name: _name, key, ...options } of await cases.indexes())
    if (!('_id' in key && Object.keys(key).length === 1)) await created.createIndex(key, options);
  let made = Date.now();
  return {
    cases,
    async create({ id, ...fields }) {
      made += 1;
      const stored = { ...template, ...fields, _id: String(id), reference: `BAS-${made}` };
      await created.insertOne(stored);
      return stored;
    },
  };
}
