// Duty: SCRAM-SHA-256 (RFC 5802, RFC 7677): the server's side of proving that both know one password.
import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto';
import { CommandError } from './errors.ts';

export const mechanism = 'SCRAM-SHA-256';
const iterations = 15_000;

export interface Credentials {
  user: string;
  salt: Buffer;
  storedKey: Buffer;
  serverKey: Buffer;
}

const hmac = (key: Buffer, text: string | Buffer) => createHmac('sha256', key).update(text).digest();
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest();

/** What the server keeps instead of the password. */
export function credentialsFor(user: string, password: string): Credentials {
  const salt = randomBytes(28);
  const salted = pbkdf2Sync(password.normalize('NFKC'), salt, iterations, 32, 'sha256');
  return { user, salt, storedKey: sha256(hmac(salted, 'Client Key')), serverKey: hmac(salted, 'Server Key') };
}

const failed = () => new CommandError(18, 'Authentication failed.');

export class Conversation {
  readonly #credentials: Credentials;
  readonly #firstBare: string;
  readonly #serverFirst: string;
  readonly #nonce: string;
  readonly #known: boolean;

  constructor(credentials: Credentials, clientFirst: string) {
    const match = /^n,,(n=([^,]*),r=([^,]+))/.exec(clientFirst);
    if (!match) throw failed();
    const [, bare, user, nonce] = match;
    this.#credentials = credentials;
    this.#firstBare = bare!;
    this.#known = user!.replaceAll('=2C', ',').replaceAll('=3D', '=') === credentials.user;
    this.#nonce = nonce! + randomBytes(24).toString('base64');
    this.#serverFirst = `r=${this.#nonce},s=${credentials.salt.toString('base64')},i=${iterations}`;
  }

  challenge(): string {
    return this.#serverFirst;
  }

  /** Throws unless the client proved its password; then the text proves the server's knowledge. */
  finish(clientFinal: string): string {
    const match = /^(c=biws,r=([^,]+)),p=(.+)$/.exec(clientFinal);
    if (!match || match[2] !== this.#nonce) throw failed();
    const signed = `${this.#firstBare},${this.#serverFirst},${match[1]}`;
    const signature = hmac(this.#credentials.storedKey, signed);
    const proof = Buffer.from(match[3]!, 'base64');
    if (proof.length !== signature.length) throw failed();
    const clientKey = Buffer.from(proof.map((byte, at) => byte ^ signature[at]!));
    if (!timingSafeEqual(sha256(clientKey), this.#credentials.storedKey) || !this.#known) throw failed();
    return `v=${hmac(this.#credentials.serverKey, signed).toString('base64')}`;
  }
}
