// Duty: runs one unified test file against a database and tells of each test: passed, failed or skipped, and why.
import { readFileSync } from 'node:fs';
import { EJSON } from 'bson';
import {
  MongoBulkWriteError,
  type MongoClient,
  MongoClientBulkWriteError,
  MongoError,
  MongoServerError,
} from 'mongodb';
import { driverLimit } from './driverLimits.ts';
import { Entities } from './entities.ts';
import {
  type CollectionData,
  type ExpectedError,
  type Step,
  type UnifiedFile,
  type UnifiedTest,
  unmet,
} from './format.ts';
import { assertMatches, Mismatch } from './match.ts';
import { NotInDriver, runStep } from './operations.ts';

export interface Outcome {
  test: string;
  /** Neither: it passed. */
  failed?: string;
  skipped?: string;
}

export interface Target {
  uri: string;
  version: string;
  /** For preparing and comparing data, beside the tests' own clients. */
  client: MongoClient;
}

export async function runFile(path: string, target: Target): Promise<Outcome[]> {
  const file = EJSON.parse(readFileSync(path, 'utf8')) as UnifiedFile;
  const reason = unmet(file.runOnRequirements, target.version);
  const outcomes: Outcome[] = [];
  for (const test of file.tests) {
    const outcome: Outcome = { test: `${file.description}: ${test.description}` };
    const skipped = reason ?? skipReason(test, target.version) ?? driverLimit(outcome.test);
    if (skipped) outcome.skipped = skipped;
    else {
      try {
        await runTest(file, test, target);
      } catch (error) {
        if (error instanceof NotInDriver) outcome.skipped = error.message;
        else outcome.failed = (error as Error).message;
      }
    }
    outcomes.push(outcome);
  }
  return outcomes;
}

function skipReason(test: UnifiedTest, version: string): string | undefined {
  if (test.skipReason) return `the test says: ${test.skipReason}`;
  const failPoint = test.operations.some(({ name }) => /failPoint/i.test(name));
  return unmet(test.runOnRequirements, version) ?? (failPoint ? 'fail point' : undefined);
}

async function runTest(file: UnifiedFile, test: UnifiedTest, target: Target): Promise<void> {
  const entities = new Entities(target.uri);
  try {
    for (const data of file.initialData ?? []) await prepare(data, target.client);
    await entities.create(file.createEntities ?? []);
    for (const step of test.operations) await runExpecting(step, entities);
    for (const data of test.outcome ?? []) await compare(data, target.client, entities);
  } finally {
    await entities.close();
  }
}

async function prepare(data: CollectionData, client: MongoClient): Promise<void> {
  const database = client.db(data.databaseName);
  await database.dropCollection(data.collectionName);
  if (data.createOptions || data.documents.length === 0)
    await database.createCollection(data.collectionName, data.createOptions);
  if (data.documents.length > 0) await database.collection(data.collectionName).insertMany(data.documents);
}

async function compare(data: CollectionData, client: MongoClient, entities: Entities): Promise<void> {
  const found = await client
    .db(data.databaseName)
    .collection(data.collectionName)
    .find()
    .sort({ _id: 1 })
    .toArray();
  assertMatches(data.documents, found, entities, data.collectionName, false);
}

async function runExpecting(step: Step, entities: Entities): Promise<void> {
  let result: unknown;
  try {
    result = await runStep(step, entities);
  } catch (error) {
    if (error instanceof NotInDriver) throw error;
    if (step.ignoreResultAndError) return;
    if (!step.expectError)
      throw new Error(`${step.name} threw ${(error as Error).message}`, { cause: error });
    assertError(step.expectError, error as Error, entities);
    return;
  }
  if (step.ignoreResultAndError) return;
  if (step.expectError)
    throw new Mismatch(`${step.name} should have failed, but gave ${JSON.stringify(result)}`);
  if (step.saveResultAsEntity) entities.set(step.saveResultAsEntity, result);
  if (step.expectResult !== undefined) assertMatches(step.expectResult, plain(result), entities, step.name);
}

/** The driver's result objects show some of their fields only through getters. */
function plain(result: unknown): unknown {
  if (typeof result !== 'object' || result === null || Array.isArray(result) || Buffer.isBuffer(result))
    return result;
  const names = [
    'insertedCount',
    'matchedCount',
    'modifiedCount',
    'deletedCount',
    'upsertedCount',
    'upsertedIds',
    'insertedIds',
  ];
  const from = result as Record<string, unknown>;
  if (!('getWriteErrors' in from) && !(from.insertResults instanceof Map)) return result;
  const all = Object.fromEntries(names.map((name) => [name, from[name]]));
  for (const name of ['insertResults', 'updateResults', 'deleteResults']) {
    const map = from[name];
    if (map instanceof Map)
      all[name] = Object.fromEntries([...map].map(([at, each]) => [at, withoutFlag(each)]));
  }
  return all;
}

/** `didUpsert` is the driver's own addition, beside the `upsertedId` that the tests know. */
function withoutFlag({ didUpsert: _, ...result }: Record<string, unknown>): unknown {
  return result;
}

function assertError(expected: ExpectedError, error: Error, entities: Entities): void {
  const server = error instanceof MongoServerError || error instanceof MongoClientBulkWriteError;
  if (expected.isClientError !== undefined && expected.isClientError === server) {
    throw new Mismatch(
      `expected ${expected.isClientError ? 'a client' : 'a server'} error, got ${error.message}`,
    );
  }
  const { code, codeName, errorResponse } = error as {
    code?: unknown;
    codeName?: unknown;
    errorResponse?: object;
  };
  if (expected.errorContains && !error.message.toLowerCase().includes(expected.errorContains.toLowerCase())) {
    throw new Mismatch(`expected an error with "${expected.errorContains}", got "${error.message}"`);
  }
  if (expected.errorCode !== undefined && code !== expected.errorCode) {
    throw new Mismatch(`expected error ${expected.errorCode}, got ${String(code)}: ${error.message}`);
  }
  if (expected.errorCodeName !== undefined && codeName !== expected.errorCodeName) {
    throw new Mismatch(`expected error ${expected.errorCodeName}, got ${String(codeName)}`);
  }
  if (expected.errorResponse !== undefined)
    assertMatches(expected.errorResponse, errorResponse, entities, 'errorResponse');
  for (const label of expected.errorLabelsContain ?? []) {
    if (!(error instanceof MongoError) || !error.hasErrorLabel(label))
      throw new Mismatch(`the error lacks the label ${label}`);
  }
  for (const label of expected.errorLabelsOmit ?? []) {
    if (error instanceof MongoError && error.hasErrorLabel(label))
      throw new Mismatch(`the error has the label ${label}`);
  }
  if (expected.expectResult !== undefined)
    assertMatches(expected.expectResult, plain(partialResult(error)), entities);
  if (expected.writeErrors !== undefined && error instanceof MongoClientBulkWriteError) {
    assertMatches(expected.writeErrors, Object.fromEntries(error.writeErrors), entities, 'writeErrors');
  }
}

function partialResult(error: Error): unknown {
  if (error instanceof MongoBulkWriteError) return error.result;
  return error instanceof MongoClientBulkWriteError ? error.partialResult : undefined;
}
