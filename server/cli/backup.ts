// Duty: `npm run backup -- FILE [--with-vault-key]`: everything into one sealed file, while the server runs or not.
import { parseArgs } from 'node:util';
import { makeBackup } from '../backup/backup.ts';
import { readPlaces } from '../env.ts';
import { operate } from './operate.ts';
import { passphraseFor } from './passphrase.ts';

const usage = `npm run backup -- FILE                     records, uploaded files, secrets and waiting letters into one sealed file
npm run backup -- FILE --with-vault-key    the key of the identity vault too: whoever opens the file then opens every name`;

operate(async (signal) => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { 'with-vault-key': { type: 'boolean', default: false } },
  });
  const [file] = positionals;
  if (!file || positionals.length > 1) {
    console.error(usage);
    return 2;
  }
  const { BACKUP_PASSPHRASE, ...places } = readPlaces();
  const passphrase = await passphraseFor(BACKUP_PASSPHRASE, { isNew: true });
  const withVaultKey = values['with-vault-key'];
  const made = await makeBackup({ places, file, passphrase, withVaultKey, signal });
  console.log(
    `${file}: ${made.documents} records in ${made.collections} collections, ${made.files} files, ${made.bytes} bytes.`,
  );
  if (!made.oneMoment)
    console.log(
      'From MongoDB, one collection after the other: each record is whole; what was written meanwhile may be in or not.',
    );
  if (!withVaultKey)
    console.log(
      'The vault key is not in it: keep a copy apart from it. Without that key no name can be read.',
    );
  return 0;
});
