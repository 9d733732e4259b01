// Duty: `npm run vault -- check | rotate`: what an operator does to the vault's key. Shows no key and no value.
import { connectDatabase } from '../database/connect.ts';
import { refuseHalfRestored } from '../database/unfinishedRestore.ts';
import { readEnv, readPlaces } from '../env.ts';
import { vaultSource } from '../features/identities/vaultKeys.ts';
import { checkVault, rotateVault } from '../features/identities/vaultRotation.ts';
import { log } from '../log.ts';
import { operate } from './operate.ts';

const usage = `npm run vault -- check     proves that the key opens this database
npm run vault -- rotate    seals everything under a new key; safe to stop and to run again, also while the server runs`;

async function run(command: string | undefined): Promise<number> {
  if (command !== 'check' && command !== 'rotate') {
    console.log(usage);
    return command ? 2 : 0;
  }
  await refuseHalfRestored(readPlaces());
  const env = readEnv();
  log.level = 'error';
  const database = await connectDatabase({ mongodbUri: env.MONGODB_URI, dataDir: env.DATA_DIR });
  try {
    const source = vaultSource(env);
    if (command === 'check') {
      const { keys, current } = await checkVault(source);
      console.log(`The vault opens. Keys: ${keys}; sealing with ${current}.`);
      return 0;
    }
    const { resealed, unreadable, done } = await rotateVault(source);
    console.log(`Sealed anew: ${resealed}.`);
    if (!done) {
      console.log(
        `Could not be opened by any key and left as they were: ${unreadable}. The old keys are kept.`,
      );
      return 1;
    }
    console.log(
      source.variable ? 'Now take the old key out of VAULT_KEY.' : 'The old key is gone from the key file.',
    );
    return 0;
  } finally {
    await database.stop();
  }
}

operate(() => run(process.argv[2]));
