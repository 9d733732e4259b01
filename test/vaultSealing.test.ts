// Duty: prove the vault's cryptography by itself: what opens, what does not, what equal numbers and lengths give away.
import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import {
  keyFrom,
  matchValue,
  normalised,
  opensCheck,
  ringOf,
  seal,
  sealCheck,
  Unreadable,
  unseal,
} from '../server/features/identities/sealing.ts';

const place = 'identities/0190-case/phone';
const secret = randomBytes(32);
const ring = ringOf([secret]);

describe('A sealed value', () => {
  it('opens under its key at its place, in any script and length', () => {
    for (const value of [
      'Ё',
      '',
      'Gjyljeta Çela-Šabanović',
      'x'.repeat(64),
      '\u0080\u0000 tail\u0000',
      'y'.repeat(63),
    ])
      expect(unseal(ring, place, seal(ring, place, value))).to.equal(value);
  });

  it('is never the same twice and shows nothing of the value', () => {
    const [first, second] = [seal(ring, place, '044123456'), seal(ring, place, '044123456')];
    expect(first.box).to.not.equal(second.box);
    expect(Buffer.from(first.box, 'base64').includes('044123456')).to.equal(false);
  });

  it('has the same length for a short and a long name', () => {
    expect(seal(ring, place, 'Al').box).to.have.length(seal(ring, place, 'A'.repeat(60)).box.length);
  });

  it('does not open at another record or field, or under another key', () => {
    const sealed = seal(ring, place, 'secret');
    for (const elsewhere of ['identities/0190-other/phone', 'identities/0190-case/name'])
      expect(() => unseal(ring, elsewhere, sealed)).to.throw(Unreadable, 'altered');
    expect(() => unseal(ringOf([randomBytes(32)]), place, sealed)).to.throw(Unreadable, 'key_unknown');
    const other = ringOf([randomBytes(32)]);
    expect(() => unseal(other, place, { ...sealed, key: other.current.id })).to.throw(Unreadable, 'altered');
  });

  it('does not open when any single byte of it was altered, or when it was cut', () => {
    const sealed = seal(ring, place, 'secret');
    const bytes = Buffer.from(sealed.box, 'base64');
    for (let at = 0; at < bytes.length; at += 1) {
      const altered = Buffer.from(bytes);
      altered[at] = altered[at]! ^ 1;
      expect(
        () => unseal(ring, place, { ...sealed, box: altered.toString('base64') }),
        `byte ${at}`,
      ).to.throw(Unreadable);
    }
    for (const length of [0, 5, 12, 20, 28])
      expect(() =>
        unseal(ring, place, { ...sealed, box: bytes.subarray(0, length).toString('base64') }),
      ).to.throw(Unreadable);
  });

  it('opens under an old key of the ring while new values are sealed under the first', () => {
    const sealed = seal(ring, place, 'before');
    const next = ringOf([randomBytes(32), secret]);
    expect(unseal(next, place, sealed)).to.equal('before');
    expect(seal(next, place, 'after').key)
      .to.equal(next.current.id)
      .and.not.equal(sealed.key);
  });
});

describe('A match value', () => {
  const key = keyFrom(secret);

  it('is equal for one telephone however it is written, and only for that one', () => {
    const spellings = ['044 123 456', '+383 44 123-456', '00383 (44) 123456', '44123456'];
    expect(new Set(spellings.map((spelling) => matchValue(key, 'phone', spelling))).size).to.equal(1);
    expect(matchValue(key, 'phone', '044 123 457')).to.not.equal(matchValue(key, 'phone', '044 123 456'));
    expect(normalised('phone', '+49 151 2345678')).to.equal('+491512345678');
  });

  it('is equal for one ID number with or without spaces, and never equal across fields or keys', () => {
    expect(matchValue(key, 'idNumber', '12 3456 7890')).to.equal(matchValue(key, 'idNumber', '1234567890'));
    expect(matchValue(key, 'idNumber', '+38344123456')).to.not.equal(
      matchValue(key, 'phone', '+38344123456'),
    );
    expect(matchValue(keyFrom(randomBytes(32)), 'phone', '044123456')).to.not.equal(
      matchValue(key, 'phone', '044123456'),
    );
  });

  it('is made with another key than values are sealed with', () => {
    expect(key.matching.equals(key.sealing)).to.equal(false);
    expect(key.matching.equals(secret) || key.sealing.equals(secret)).to.equal(false);
  });
});

describe('A check value', () => {
  it('opens under the key that made it and under no other', () => {
    const check = sealCheck(ring);
    expect(opensCheck(ring, check)).to.equal(true);
    expect(opensCheck(ringOf([randomBytes(32)]), check)).to.equal(false);
    const other = ringOf([randomBytes(32)]);
    expect(opensCheck(other, { ...check, key: other.current.id })).to.equal(false);
  });
});
