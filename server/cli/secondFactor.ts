// Duty: what whoever runs the server does for an administrator who lost phone and recovery codes: takes the second factor away, by e-mail address.
import { settingsOf } from '../app.ts';
import { connectDatabase } from '../database/connect.ts';
import { readEnv } from '../env.ts';
import { AppError } from '../errors.ts';
import { takeFactorAway } from '../features/directory/secondFactor.commands.ts';
import { log } from '../log.ts';
import { operate } from './operate.ts';

const usage = `npm run second-factor -- reset E-MAIL    takes the second factor of that account away; also while the server runs`;

operate(async () => {
  const [command, email] = process.argv.slice(2);
  if (command !== 'reset' || !email) {
    console.log(usage);
    return command ? 2 : 0;
  }
  const env = readEnv();
  log.level = 'error';
  const database = await connectDatabase({ mongodbUri: env.MONGODB_URI, dataDir: env.DATA_DIR });
  try {
    const whose = { email: email.trim().toLowerCase() };
    await takeFactorAway(settingsOf(env), whose, { by: null, reason: 'codes_lost' });
    console.log(
      'Taken away: the password alone signs in now. All sessions end within seconds; a mail tells the owner.',
    );
    return 0;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    console.error(
      error.status === 404 ? 'No account has that e-mail.' : 'That account has no second factor.',
    );
    return 1;
  } finally {
    await database.stop();
  }
});
