// Duty: from a parsed request to the bytes of its answer: finds the command, checks who may call it, turns errors into replies.
import { type ChangeMarks, mayChange } from './changeMarks.ts';
import { aggregateCommands } from './commands/aggregate.ts';
import { bulkWriteCommands } from './commands/bulkWrite.ts';
import { collectionCommands } from './commands/collections.ts';
import { type Caller, type Commands, type Context, checkFields, integer } from './commands/command.ts';
import { countCommands } from './commands/count.ts';
import { diagnosticCommands } from './commands/diagnostics.ts';
import { explainCommands } from './commands/explain.ts';
import { findCommands } from './commands/find.ts';
import { findAndModifyCommands } from './commands/findAndModify.ts';
import { handshakeCommands, sessionId } from './commands/handshake.ts';
import { indexCommands } from './commands/indexes.ts';
import { refusedCommands } from './commands/refused.ts';
import { signInCommands } from './commands/signIn.ts';
import { snapshotCommands } from './commands/snapshot.ts';
import { writeCommands } from './commands/write.ts';
import type { Engine } from './engine.ts';
import { badValue, CommandError } from './errors.ts';
import { Operation } from './operation.ts';
import type { Credentials } from './scram.ts';
import { type Doc, encode, field, isDoc, isNumber, toDouble } from './semantics/values.ts';
import { type CursorReply, encodeCursorReply, type Request } from './wire.ts';

export type Log = (line: string, details?: object) => void;

export class Dispatcher {
  readonly #engine: Engine;
  readonly #commands: Commands;
  readonly #log: Log;
  readonly #marks: ChangeMarks | undefined;

  constructor(engine: Engine, credentials: Credentials | undefined, log: Log, marks?: ChangeMarks) {
    this.#engine = engine;
    this.#log = log;
    this.#marks = marks;
    this.#commands = {
      ...handshakeCommands,
      ...findCommands,
      ...writeCommands,
      ...findAndModifyCommands,
      ...aggregateCommands,
      ...countCommands,
      ...collectionCommands,
      ...indexCommands,
      ...bulkWriteCommands,
      ...explainCommands,
      ...diagnosticCommands,
      ...snapshotCommands,
      ...refusedCommands,
      ...signInCommands(credentials),
    };
  }

  async answer(request: Request, caller: Caller): Promise<Uint8Array> {
    try {
      const reply = await this.#run(request.body, caller);
      return isCursorReply(reply) ? encodeCursorReply(reply) : encode({ ...reply, ok: 1 });
    } catch (error) {
      return encode(this.#errorReply(error, request));
    } finally {
      // Also when it failed: some of its documents may have been written.
      if (mayChange(request.body)) this.#marks?.changedBy(caller.application);
    }
  }

  async #run(body: Doc, caller: Caller): Promise<Doc | CursorReply> {
    const name = Object.keys(body)[0] ?? '';
    const command = field(this.#commands, name) as Commands[string] | undefined;
    if (!command) throw new CommandError(59, `no such command: '${name}'`);
    if (caller.mustSignIn && caller.user === undefined && !command.open) {
      throw new CommandError(13, `Command ${name} requires authentication`);
    }
    const database = body.$db;
    if (typeof database !== 'string') throw new CommandError(40571, 'OP_MSG requests require a $db argument');
    if (command.adminOnly && database !== 'admin') {
      throw new CommandError(13, `${name} may only be run against the admin database.`);
    }
    if (
      body.startTransaction !== undefined ||
      body.autocommit !== undefined ||
      body.txnNumber !== undefined
    ) {
      throw new CommandError(20, 'Transaction numbers are only allowed on a replica set member or mongos');
    }
    checkFields(name, command, body);
    const { w } = isDoc(body.writeConcern) ? body.writeConcern : {};
    if (isNumber(w) && toDouble(w) > 1) throw badValue("cannot use 'w' > 1 when a host is not replicated");
    const maxTime = name === 'getMore' ? 0 : (integer(body, 'maxTimeMS') ?? 0);
    const context: Context = {
      engine: this.#engine,
      database,
      caller,
      operation: new Operation(maxTime),
      session: sessionId(body.lsid),
      run: (inner) => this.#run(inner, caller),
    };
    if (caller.application === undefined) this.#introduce(body.client, caller);
    return command.run(context, body);
  }

  /** A client names itself in its first message. */
  #introduce(client: unknown, caller: Caller): void {
    const application = isDoc(client) && isDoc(client.application) ? client.application.name : undefined;
    caller.application = typeof application === 'string' ? application : '';
    this.#marks?.keep(caller.application);
  }

  #errorReply(error: unknown, request: Request): Doc {
    if (error instanceof CommandError) {
      const { message, code, codeName, extra } = error;
      return { ok: 0, errmsg: message, code, codeName, ...extra };
    }
    this.#log('command failed', {
      command: Object.keys(request.body)[0],
      error: String((error as Error)?.stack ?? error),
    });
    return {
      ok: 0,
      errmsg: `internal error: ${(error as Error)?.message ?? error}`,
      code: 1,
      codeName: 'InternalError',
    };
  }
}

const isCursorReply = (reply: Doc | CursorReply): reply is CursorReply =>
  typeof reply.cursor === 'object' && reply.cursor !== null && 'rows' in reply.cursor;
