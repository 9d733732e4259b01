// Duty: the commands of a SCRAM conversation.
import { Binary, Int32 } from 'bson';
import { CommandError } from '../errors.ts';
import { Conversation, type Credentials, mechanism } from '../scram.ts';
import type { Doc } from '../semantics/values.ts';
import type { Commands, Context } from './command.ts';

interface State {
  conversation: Conversation;
  finished: boolean;
}

export function signInCommands(credentials: Credentials | undefined): Commands {
  return {
    saslStart: {
      fields: undefined,
      open: true,
      run: (context, body) => {
        if (body.mechanism !== mechanism || !credentials) {
          throw new CommandError(
            334,
            `Received authentication for mechanism ${String(body.mechanism)} which is not enabled`,
          );
        }
        const conversation = new Conversation(credentials, payloadOf(body));
        context.caller.conversation = { conversation, finished: false } satisfies State;
        return answer(conversation.challenge(), false);
      },
    },
    saslContinue: { fields: undefined, open: true, run: (context, body) => goOn(context, body, credentials) },
    logout: {
      fields: undefined,
      run: ({ caller }) => {
        if (caller.mustSignIn) caller.user = undefined;
        return {};
      },
    },
  };
}

function goOn({ caller }: Context, body: Doc, credentials: Credentials | undefined): Doc {
  const state = caller.conversation as State | undefined;
  if (!state || !credentials) throw new CommandError(17, 'No SASL session state found');
  // Older clients end with an empty exchange.
  if (state.finished) {
    caller.conversation = undefined;
    return answer('', true);
  }
  caller.conversation = undefined;
  const proof = state.conversation.finish(payloadOf(body));
  caller.user = credentials.user;
  caller.conversation = { ...state, finished: true };
  return answer(proof, true);
}

function payloadOf(body: Doc): string {
  const payload = body.payload;
  return payload instanceof Binary ? Buffer.from(payload.value()).toString('utf8') : '';
}

const answer = (text: string, done: boolean): Doc => ({
  conversationId: new Int32(1),
  done,
  payload: new Binary(Buffer.from(text)),
});
