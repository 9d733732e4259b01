// Duty: start the database's child process, wait until it is ready, restart it when it dies, stop it cleanly.

export interface EmbeddedDatabase {
  uri: string;
  stop(): Promise<void>;
  pid(): number | undefined;
  onRestart(listener: () => void): void;
}

export async function startEmbeddedDatabase(_options: {
  dir: string;
  log?: (line: string, details?: object) => void;
}): Promise<EmbeddedDatabase> {
  throw new Error('The embedded database is not built yet; set MONGODB_URI');
}
