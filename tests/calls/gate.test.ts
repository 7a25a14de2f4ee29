import { describe, expect, it } from 'vitest';

import { callsClient, speaksOfS3 } from '../../src/calls/gate.js';

/** What is not let through is never looked at; what is, and does not parse, is warned of. */
describe('the text of a file', () => {
  it.each([
    ['v3', "import { S3Client } from '@aws-sdk/client-s3';"],
    ['uploads of v3', "import { Upload } from '@aws-sdk/lib-storage';"],
    ['signatures of v3', "import { getSignedUrl } from '@aws-sdk/s3-request-presigner';"],
    ['v2', "const AWS = require('aws-sdk');"],
    ['the client of v2', "import S3 from 'aws-sdk/clients/s3';"],
    ['minio', "import { Client } from 'minio';"],
    ['a package that hands v3 on', "import { PutObjectCommand } from '@acme/client-s3';"],
    ['a package that hands the SDK on', "import { S3 } from '@acme/aws-sdk';"],
    ['a client of another file', "import { s3 } from './s3'; s3.putObject({ Bucket: 'b', Key: 'k' });"],
    ['the same beside another service', "import '@aws-sdk/client-sqs'; import { s3 } from './s3'; s3.getObject({ Bucket: 'b', Key: 'k' });"],
  ])('speaks of S3: %s', (_, text) => {
    expect(speaksOfS3(text)).toBe(true);
  });

  it.each([
    ['another service of v3', "import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';"],
    ['credentials', "import { fromIni } from '@aws-sdk/credential-providers';"],
    ['another service, and a bucket of tokens', "import { SQSClient } from '@aws-sdk/client-sqs'; class TokenBucket {}"],
    ['nothing', 'export {};'],
  ])('does not: %s', (_, text) => {
    expect(speaksOfS3(text)).toBe(false);
  });

  it.each(['s3.putObject(', 'mc.fPutObject(', 's3\n  .upload(', "s3.getSignedUrlPromise('putObject'", 'new PutObjectCommand(', 'new Upload(', 'mc.statObject ('])('calls a client: %s', (text) => {
    expect(callsClient(text)).toBe(true);
  });

  it.each(['listen(config.port)', 'Object.keys(config)', 'config.upload', 'new GetItemCommand('])('does not call one: %s', (text) => {
    expect(callsClient(text)).toBe(false);
  });
});
