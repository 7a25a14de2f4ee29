import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import * as sdk from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';

import { bucketConflicts, namesOfS3Alone, namesSharedWithS3, objectConflicts, speaksOfConflict } from '../../src/s3/conflict-names.js';
import { wordingOf } from '../../src/s3/conflict-wording.js';
import { anchorOf, conditionKindOf, conflictCatalogue, conflictsNamed, conflictsOf, isTerminal, terminalConflicts, type ConditionKind, type ConflictCode } from '../../src/s3/conflicts.js';
import { operationOfCommand, type OperationName } from '../../src/s3/operations.js';

const ofS3 = conflictCatalogue.filter(({ service }) => service === 'S3');

describe('what an operation can answer', () => {
  it.each<{ name: string; operation: OperationName; conditions: (ConditionKind | 'unknown')[]; answers: string[] }>([
    { name: 'a create', operation: 'PutObject', conditions: ['create-only'], answers: ['412 PreconditionFailed: terminal', '409 ConditionalRequestConflict: retry'] },
    {
      name: 'an update',
      operation: 'PutObject',
      conditions: ['match'],
      answers: ['412 PreconditionFailed: re-read then retry', '409 ConditionalRequestConflict: re-read then retry', '404 NoSuchKey: re-read then retry'],
    },
    { name: 'a write without a condition', operation: 'PutObject', conditions: ['none'], answers: [] },
    {
      name: 'a write whose condition is not known',
      operation: 'PutObject',
      conditions: ['unknown'],
      answers: [
        '412 PreconditionFailed: re-read then retry',
        '412 PreconditionFailed: terminal',
        '409 ConditionalRequestConflict: retry',
        '409 ConditionalRequestConflict: re-read then retry',
        '404 NoSuchKey: re-read then retry',
        '501 NotImplemented: terminal',
        '400 InvalidWriteOffset: re-read then retry',
      ],
    },
    { name: 'a write with an ETag after IfNoneMatch', operation: 'PutObject', conditions: ['invalid'], answers: ['501 NotImplemented: terminal'] },
    { name: 'an append', operation: 'PutObject', conditions: ['offset'], answers: ['400 InvalidWriteOffset: re-read then retry'] },
    {
      name: 'the end of an upload that creates',
      operation: 'CompleteMultipartUpload',
      conditions: ['create-only'],
      answers: ['412 PreconditionFailed: terminal', '409 ConditionalRequestConflict: restart upload', '404 NoSuchUpload: restart upload'],
    },
    {
      name: 'the end of an upload that replaces',
      operation: 'CompleteMultipartUpload',
      conditions: ['match'],
      answers: ['412 PreconditionFailed: re-read then retry', '409 ConditionalRequestConflict: restart upload', '404 NoSuchKey: restart upload', '404 NoSuchUpload: restart upload'],
    },
    { name: 'the end of an upload without a condition', operation: 'CompleteMultipartUpload', conditions: ['none'], answers: ['404 NoSuchUpload: restart upload'] },
    {
      name: 'a copy that guards its source and creates its target',
      operation: 'CopyObject',
      conditions: ['source', 'create-only'],
      answers: ['412 PreconditionFailed: terminal', '412 PreconditionFailed: re-read then retry', '409 ConditionalRequestConflict: retry'],
    },
    { name: 'a copy that guards its source alone', operation: 'CopyObject', conditions: ['source'], answers: ['412 PreconditionFailed: re-read then retry'] },
    { name: 'a rename that creates', operation: 'RenameObject', conditions: ['create-only'], answers: ['412 PreconditionFailed: terminal'] },
    { name: 'a rename with a token', operation: 'RenameObject', conditions: ['token'], answers: ['400 IdempotencyParameterMismatch: terminal'] },
    {
      name: 'a delete of what was read',
      operation: 'DeleteObject',
      conditions: ['match'],
      answers: ['412 PreconditionFailed: re-read then retry', '409 ConditionalRequestConflict: re-read then retry', '404 NoSuchKey: terminal'],
    },
    { name: 'a delete without a condition', operation: 'DeleteObject', conditions: ['none'], answers: [] },
    { name: 'a delete of several', operation: 'DeleteObjects', conditions: ['match'], answers: ['412 PreconditionFailed: re-read then retry'] },
    { name: 'a read of one version', operation: 'GetObject', conditions: ['match'], answers: ['412 PreconditionFailed: re-read then retry'] },
    { name: 'a step of an upload', operation: 'UploadPart', conditions: ['none'], answers: ['404 NoSuchUpload: restart upload'] },
    {
      name: 'the creation of a bucket',
      operation: 'CreateBucket',
      conditions: ['none'],
      answers: ['409 OperationAborted: retry', '409 BucketAlreadyExists: terminal', '409 BucketAlreadyOwnedByYou: terminal'],
    },
    { name: 'the deletion of a bucket', operation: 'DeleteBucket', conditions: ['none'], answers: ['409 OperationAborted: retry', '409 BucketNotEmpty: terminal'] },
    { name: 'versioning', operation: 'PutBucketVersioning', conditions: ['none'], answers: ['409 OperationAborted: retry', '409 InvalidBucketState: terminal'] },
    { name: 'a listing', operation: 'ListObjectsV2', conditions: ['unknown'], answers: [] },
  ])('$name', ({ operation, conditions, answers }) => {
    expect(conflictsOf(operation, ...conditions).map(({ status, code, retry }) => `${status} ${code}: ${retry}`)).toEqual(answers);
  });

  it('is terminal where no retry can help, whatever it brings', () => {
    expect(isTerminal('PreconditionFailed', 'PutObject', 'create-only')).toBe(true);
    expect(isTerminal('PreconditionFailed', 'PutObject', 'match')).toBe(false);
    expect(isTerminal('PreconditionFailed', 'PutObject', 'unknown')).toBe(false);
    expect(isTerminal('PreconditionFailed', 'CreateBucket', 'none')).toBe(false);
    expect(isTerminal('BucketAlreadyExists', 'CreateBucket')).toBe(true);
    expect(isTerminal('OperationAborted', 'CreateBucket')).toBe(false);
    expect(isTerminal('NoSuchKey', 'DeleteObject', 'match')).toBe(true);
    expect(terminalConflicts).toEqual([
      'NotImplemented',
      'BucketAlreadyExists',
      'BucketAlreadyOwnedByYou',
      'BucketNotEmpty',
      'InvalidBucketState',
      'RestoreAlreadyInProgress',
      'AccessPointAlreadyOwnedByYou',
      'ClientTokenConflict',
      'IdempotencyParameterMismatch',
    ]);
  });

  it.each<[OperationName, string, ConditionKind | null]>([
    ['PutObject', 'IfMatch', 'match'],
    ['PutObject', 'IfNoneMatch', 'create-only'],
    ['PutObject', 'WriteOffsetBytes', 'offset'],
    ['PutObject', 'ContentMD5', null],
    ['CopyObject', 'CopySourceIfMatch', 'source'],
    ['CopyObject', 'CopySourceIfUnmodifiedSince', 'source'],
    ['PutObject', 'CopySourceIfMatch', null],
    ['RenameObject', 'DestinationIfNoneMatch', 'create-only'],
    ['RenameObject', 'DestinationIfUnmodifiedSince', 'match'],
    ['RenameObject', 'SourceIfMatch', 'source'],
    ['RenameObject', 'ClientToken', 'token'],
    ['DeleteObject', 'IfMatch', 'match'],
    ['DeleteObject', 'IfMatchSize', 'match'],
    ['DeleteObject', 'VersionId', null],
    ['DeleteObjects', 'ETag', 'match'],
    ['GetObject', 'IfMatch', 'match'],
    ['HeadObject', 'IfUnmodifiedSince', 'match'],
    ['GetObject', 'IfNoneMatch', null],
    ['UploadPart', 'IfMatch', null],
    ['AbortMultipartUpload', 'IfMatchInitiatedTime', 'match'],
  ])('%s with %s: %s', (operation, property, kind) => {
    expect(conditionKindOf(operation, property)).toBe(kind);
  });
});

describe('the catalogue', () => {
  it('says in full sentences what each conflict means and what to do, and where it is written', () => {
    for (const { code, cases } of conflictCatalogue) {
      expect(cases.length, code).toBeGreaterThan(0);
      for (const { operations, when, meaning, advice, page } of cases) {
        expect(operations.length * when.length, code).toBeGreaterThan(0);
        expect([meaning, advice].filter((text) => !/^[A-Z`].*\.$/.test(text) || text.includes('|')), code).toEqual([]);
        expect(page).toMatch(/^https:\/\/(?:docs\.aws\.amazon\.com|learn\.microsoft\.com|github\.com\/googleapis)\//);
      }
    }
  });

  it('has each code of a service once, under an anchor of its own', () => {
    const anchors = conflictCatalogue.map(anchorOf);
    expect(new Set(anchors).size).toBe(anchors.length);
    expect(anchors).toEqual(expect.arrayContaining(['preconditionfailed', 'cloudfront-preconditionfailed', 'route-53-concurrentmodification']));
    expect(anchors.filter((anchor) => !/^[\da-z-]+$/.test(anchor))).toEqual([]);
  });

  it('knows one name in several services, by code and by class', () => {
    const found = (name: string): string[] => conflictsNamed(name).map(({ service, status }: ConflictCode) => `${service} ${status ?? '?'}`);
    expect(found('PreconditionFailed')).toEqual(['S3 412', 'CloudFront 412']);
    expect(found('ConcurrentModification')).toEqual(['IAM 409', 'Route 53 400']);
    expect(found('ConcurrentModificationException')).toEqual(['IAM 409']);
    expect(found('IdempotentParameterMismatch')).toEqual(['EC2 ?', 'Systems Manager 400']);
    expect(found('NoSuchConflict')).toEqual([]);
  });

  it('gives the names by which code speaks of conflicts', () => {
    expect(objectConflicts).toEqual([
      { name: 'PreconditionFailed', status: 412 },
      { name: 'ConditionalRequestConflict', status: 409 },
    ]);
    expect(bucketConflicts).toEqual(['OperationAborted', 'BucketAlreadyExists', 'BucketAlreadyOwnedByYou', 'BucketNotEmpty'].map((name) => ({ name, status: 409 })));
    expect([...namesSharedWithS3]).toEqual(['PreconditionFailed', 'OperationAborted']);
    expect(['ConditionalRequestConflict', 'NoSuchKey', 'NoSuchUpload', 'NoSuchBucket', 'BucketNotEmpty', 'InvalidBucketState'].filter((name) => !namesOfS3Alone.has(name))).toEqual([]);
    expect(['PreconditionFailed', 'OperationAborted', 'NotImplemented', 'ClientTokenConflict'].filter((name) => namesOfS3Alone.has(name))).toEqual([]);
    expect(['isBucketNotEmpty', 'status === 409', 'onConflict'].filter((text) => !speaksOfConflict(text))).toEqual([]);
  });

  it.each([...objectConflicts, ...bucketConflicts])('knows $name in a text by its name', (conflict) => {
    expect(wordingOf(`S3: ${conflict.name}.`)).toEqual({ kind: 'name', conflict });
  });

  it.each([...namesSharedWithS3])('does not take %sException of another service for it', (name) => {
    expect(wordingOf(`${name}Exception`)).toBe(null);
  });
});

/** The doc comments that AWS writes its types with; tags and line breaks are taken out. */
const manifest = createRequire(import.meta.url).resolve('@aws-sdk/client-s3/package.json');
const types = ['models_0', 'models_1'].map((file) => readFileSync(join(dirname(manifest), 'dist-types', 'models', `${file}.d.ts`), 'utf8')).join('\n');
const words = (comment: string): string => comment.replace(/<[^>]*>/g, '').replace(/\s*\n\s*\*?\s*/g, ' ');

/** Properties of requests, with what is said of them. */
const properties = [...types.matchAll(/^export interface (\w+)Request \{$([\s\S]*?)^\}/gm)].flatMap(([, operation = '', body = '']) =>
  [...body.matchAll(/\/\*\*([\s\S]*?)\*\/\s+(\w+)\??:/g)].map(([, comment = '', property = '']) => ({ operation, property, text: words(comment) })),
);

describe('the installed SDK', () => {
  it.each(ofS3)('has the class $sdkClass for $code', ({ code, sdkClass }) => {
    const exported: unknown = Reflect.get(sdk, code);
    expect(typeof exported === 'function' && exported.prototype instanceof sdk.S3ServiceException ? code : null).toBe(sdkClass);
  });

  it.each(ofS3.filter(({ sdkClass }) => sdkClass !== null))('has the same status for $code', ({ code, status }) => {
    // A class has no status; the schema that it is read by has.
    expect(JSON.stringify(Reflect.get(sdk, `${code}$`))).toContain(`"httpError":${status ?? '?'}`);
  });

  it('lists the same statuses in its table of error codes', () => {
    const table = words(types.slice(types.indexOf('export interface _Error')));
    const listed = ofS3.flatMap(({ code, status }) => {
      const found = new RegExp(` Code: ${code} (?:(?! Code: [A-Z]).)*?Code: (\\d{3})`).exec(table)?.[1];
      return found === undefined ? [] : [{ code, agrees: Number(found) === status }];
    });
    expect(listed.filter(({ agrees }) => !agrees)).toEqual([]);
    expect(listed.map(({ code }) => code)).toEqual(expect.arrayContaining(['PreconditionFailed', 'OperationAborted', 'NoSuchUpload', 'BucketNotEmpty', 'NotImplemented']));
  });

  it('speaks of 412 at the conditions that are known here, and at no others', () => {
    const spoken = properties.filter(({ text }) => /412 Precondition Failed/.test(text)).map(({ operation, property }) => `${operation} ${property}`);
    expect(spoken.length).toBeGreaterThan(15);
    const known = spoken.filter((line) => {
      const [operation = '', property = ''] = line.split(' ');
      const name = operationOfCommand(`${operation}Command`)?.name;
      const kind = name ? conditionKindOf(name, property) : null;
      return name !== undefined && kind !== null && conflictsOf(name, kind).some(({ code }) => code === 'PreconditionFailed');
    });
    expect(spoken.filter((line) => !known.includes(line))).toEqual([]);
  });

  it('speaks of 409 at the same conditions, with the same advice', () => {
    const spoken = properties.filter(({ text }) => /409 ConditionalRequestConflict/.test(text));
    expect(spoken.map(({ operation, property }) => `${operation} ${property}`)).toEqual([
      'CompleteMultipartUpload IfMatch',
      'CompleteMultipartUpload IfNoneMatch',
      'CopyObject IfMatch',
      'CopyObject IfNoneMatch',
      'PutObject IfMatch',
      'PutObject IfNoneMatch',
    ]);
    for (const { operation, property, text } of spoken) {
      const retry = /re-initiate the multipart/.test(text) ? 'restart upload' : /fetch the object's ETag/.test(text) ? 're-read then retry' : 'retry';
      const answers = conflictsOf(operation as OperationName, property === 'IfMatch' ? 'match' : 'create-only');
      expect(answers.find(({ code }) => code === 'ConditionalRequestConflict')?.retry, `${operation} ${property}`).toBe(retry);
    }
  });
});
