// Duty: the named clients, databases, collections, sessions, buckets and results of one unified test.
import { type ClientSession, type Db, GridFSBucket, MongoClient, type MongoClientOptions } from 'mongodb';
import type { EntitySpec } from './format.ts';

export class Entities {
  readonly #uri: string;
  readonly #named = new Map<string, unknown>();
  readonly #clients: MongoClient[] = [];

  constructor(uri: string) {
    this.#uri = uri;
  }

  get(name: string): unknown {
    if (!this.#named.has(name)) throw new Error(`no entity is called ${name}`);
    return this.#named.get(name);
  }

  set(name: string, value: unknown): void {
    this.#named.set(name, value);
  }

  client = (name: string) => this.get(name) as MongoClient;
  session = (name: string) => this.get(name) as ClientSession;

  /** For looking at the database beside the test. */
  anyClient(): MongoClient {
    const [client] = this.#clients;
    if (!client) throw new Error('the test has no client');
    return client;
  }

  async create(specs: EntitySpec[]): Promise<void> {
    for (const spec of specs) {
      const [kind] = Object.keys(spec);
      const details = spec[kind!]!;
      this.set(details.id, await this.#make(kind!, details));
    }
  }

  async #make(kind: string, details: EntitySpec[string]): Promise<unknown> {
    switch (kind) {
      case 'client': {
        const options: MongoClientOptions = { ...(details.uriOptions as MongoClientOptions) };
        if (details.serverApi)
          options.serverApi = details.serverApi as NonNullable<MongoClientOptions['serverApi']>;
        const client = await new MongoClient(this.#uri, options).connect();
        this.#clients.push(client);
        return client;
      }
      case 'database':
        return this.client(details.client!).db(
          details.databaseName as string,
          details.databaseOptions as object,
        );
      case 'collection':
        return (this.get(details.database!) as Db).collection(
          details.collectionName as string,
          details.collectionOptions as object,
        );
      case 'session':
        return this.client(details.client!).startSession(details.sessionOptions as object);
      case 'bucket':
        return new GridFSBucket(this.get(details.database!) as Db, details.bucketOptions as object);
    }
    throw new Error(`cannot make an entity of kind ${kind}`);
  }

  async close(): Promise<void> {
    for (const client of this.#clients) await client.close();
  }
}
