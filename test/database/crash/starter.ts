// Duty: an application that starts a database and then waits to be killed.
import { startEmbeddedDatabase } from '../../../server/database/embedded/supervisor.ts';

await startEmbeddedDatabase({ dir: process.argv[2]! });
process.send?.('ready');
setInterval(() => {}, 60_000);
