// Duty: `npm run restore -- FILE [--check]`: a sealed backup into an empty data folder, or only read through.
import { parseArgs } from 'node:util';
import { checkBackup, type RestoredBackup, restoreBackup } from '../backup/restore.ts';
import { readPlaces } from '../env.ts';
import { operate } from './operate.ts';
import { passphraseFor } from './passphrase.ts';

const usage = `npm run restore -- FILE            into the empty or new folder that DATA_DIR names (and the empty database of MONGODB_URI)
npm run restore -- FILE --check    reads the file to its end and keeps nothing`;

const amountOf = ({ documents, collections, files, made }: RestoredBackup) =>
  `${documents} records in ${collections} collections and ${files} files, as of ${made}`;

operate(async (signal) => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { check: { type: 'boolean', default: false } },
  });
  const [file] = positionals;
  if (!file || positionals.length > 1) {
    console.error(usage);
    return 2;
  }
  const { BACKUP_PASSPHRASE, ...places } = readPlaces();
  const passphrase = await passphraseFor(BACKUP_PASSPHRASE, { isNew: false });
  if (values.check) {
    console.log(`The backup is whole: ${amountOf(await checkBackup({ file, passphrase, signal }))}.`);
    return 0;
  }
  const restored = await restoreBackup({ places, file, passphrase, signal });
  console.log(`Restored to ${places.DATA_DIR}: ${amountOf(restored)}.`);
  if (!restored.hasVaultKey)
    console.log(
      `Before the start put the vault key at ${places.DATA_DIR}/vault-key (chmod 600) or set VAULT_KEY.`,
    );
  return 0;
});
