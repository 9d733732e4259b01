// Duty: how a client and the server get to know each other: hello and its old names, ping, sessions.
import { Binary } from 'bson';
import { largestDocument } from '../insert.ts';
import { mechanism } from '../scram.ts';
import { type Doc, isDoc } from '../semantics/values.ts';
import { largestMessage } from '../wire.ts';
import { type Command, type Commands, type Context, list } from './command.ts';

/** 25 is MongoDB 8.0. */
export const maxWireVersion = 25;
export const version = '8.0.0';

const hello: Command = { fields: undefined, open: true, run: sayHello };
const accept: Command = { fields: undefined, run: () => ({}) };

export const handshakeCommands: Commands = {
  hello,
  isMaster: hello,
  ismaster: hello,
  ping: { fields: [], open: true, run: () => ({}) },
  endSessions: { fields: ['endSessions'], run: endSessions },
  killSessions: { fields: ['killSessions'], run: endSessions },
  killAllSessions: { fields: undefined, run: endSessions },
  refreshSessions: accept,
  startSession: {
    fields: [],
    run: () => ({
      id: { id: new Binary(crypto.getRandomValues(new Uint8Array(16)), Binary.SUBTYPE_UUID) },
      timeoutMinutes: 30,
    }),
  },
};

function sayHello(context: Context, body: Doc): Doc {
  const isHello = Object.keys(body)[0] === 'hello';
  return {
    ...(isHello ? { isWritablePrimary: true } : { ismaster: true }),
    helloOk: true,
    maxBsonObjectSize: largestDocument,
    maxMessageSizeBytes: largestMessage,
    maxWriteBatchSize: 100_000,
    localTime: new Date(),
    logicalSessionTimeoutMinutes: 30,
    connectionId: context.caller.connectionId,
    minWireVersion: 0,
    maxWireVersion,
    readOnly: false,
    ...(context.caller.mustSignIn && body.saslSupportedMechs ? { saslSupportedMechs: [mechanism] } : {}),
  };
}

function endSessions(context: Context, body: Doc): Doc {
  const name = Object.keys(body)[0]!;
  const ids = new Set(list(body, name).map(sessionId));
  context.engine.cursors.killWhere(
    ({ session }) => session !== undefined && ids.has(session),
    'operation was interrupted because its session ended',
  );
  return {};
}

export function sessionId(lsid: unknown): string | undefined {
  return isDoc(lsid) && lsid.id instanceof Binary ? lsid.id.toString('hex') : undefined;
}
