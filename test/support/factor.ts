// Duty: somebody with a phone: sets up a second factor, reads codes off it, and comes as far as the code. Judging is the tests'.
import { expect } from 'chai';
import { generateSync } from 'otplib';
import { clock } from '../../server/clock.ts';
import { UserModel } from '../../server/features/directory/users.model.ts';
import { Person, type TestServer, testPassword } from './server.ts';

const stepMilliseconds = 30_000;

/** What the phone shows, so many steps of 30 seconds from now. */
export const codeOn = (key: string, steps = 0): string =>
  generateSync({ secret: key, epoch: Math.floor((clock.now().getTime() + steps * stepMilliseconds) / 1000) });

/** A six-digit code that is none of those which could be right now. */
export function wrongCode(key: string): string {
  const right = [-2, -1, 0, 1, 2].map((steps) => codeOn(key, steps));
  for (let number = 100_000; ; number += 1) if (!right.includes(String(number))) return String(number);
}

/** Only while the clock is stopped: so that the next code is another one. */
export const nextStep = (steps = 1): void =>
  clock.stopAt(new Date(clock.now().getTime() + steps * stepMilliseconds));

export interface Phone {
  email: string;
  key: string;
  recovery: string[];
}

/** Turns it on for somebody signed in, whose session goes on. */
export async function withPhone(person: Person, password = testPassword): Promise<Phone> {
  const begun = await person.post('/api/me/second-factor', { password });
  expect(begun.status, begun.text).to.equal(200);
  const { key } = begun.body.data;
  const confirmed = await person.post('/api/me/second-factor/confirm', { code: codeOn(key) });
  expect(confirmed.status, confirmed.text).to.equal(200);
  const { email } = (await person.get('/api/me')).body.data;
  return { email, key, recovery: confirmed.body.data.codes };
}

/** A browser where the password was right and the code is asked for. */
export async function halfway(
  server: TestServer,
  email: string,
  headers: Record<string, string> = {},
): Promise<Person> {
  const id = (await UserModel.findOne({ email }).lean())?._id;
  const person = new Person(server, id);
  const answer = await person.send('POST', '/api/session', { email, password: testPassword }, headers);
  expect(answer.status, answer.text).to.equal(202);
  expect(answer.body).to.deep.equal({ data: { secondFactor: 'asked' } });
  return person;
}

export const giveCode = (person: Person, code: string, headers: Record<string, string> = {}) =>
  person.send('POST', '/api/session/second-factor', { code }, headers);
