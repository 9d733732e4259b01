// Duty: commands that a client may send and that this server knows only enough of to refuse them in MongoDB's words.
import { CommandError } from '../errors.ts';
import type { Command, Commands } from './command.ts';

const refuse = (code: number, message: string): Command => ({
  fields: undefined,
  run: () => {
    throw new CommandError(code, message);
  },
});

const noTransactions = refuse(20, 'Transaction numbers are only allowed on a replica set member or mongos');
const noSearch = refuse(
  31082,
  'Using Atlas Search Database Commands and the $listSearchIndexes aggregation stage requires additional configuration. Please connect to Atlas or an AtlasCLI local deployment to enable.',
);
const noReplicaSet = refuse(76, 'not running with --replSet');

export const refusedCommands: Commands = {
  commitTransaction: noTransactions,
  abortTransaction: noTransactions,
  createSearchIndexes: noSearch,
  updateSearchIndex: noSearch,
  dropSearchIndex: noSearch,
  listSearchIndexes: noSearch,
  replSetGetStatus: noReplicaSet,
  replSetGetConfig: noReplicaSet,
};
