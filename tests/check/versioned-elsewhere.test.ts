import { describe, expect, it } from 'vitest';

import { findingsIn, type Files } from '../checked-project.js';

/**
 * Whether a bucket keeps versions stands in infrastructure, and code knows the bucket by an environment variable: only
 * who reads both can tell that a delete without a version leaves a delete marker over what it was meant to remove.
 */

const reported = async (files: Files): Promise<readonly string[]> => (await findingsIn(files)).map(({ place, ruleId }) => `${place} ${String(ruleId)}`);

const deletion = `import { DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3';
const s3 = new S3Client({});
export const remove = (id: string) =>
  s3.send(new DeleteObjectCommand({ Bucket: process.env.RECORDS_BUCKET, Key: \`records/\${id}\` }));
`;

const declarations: Readonly<Record<string, { readonly file: string; readonly versioned: string; readonly not: string }>> = {
  'the AWS CDK': {
    file: 'infra/stack.ts',
    versioned: `import * as cdk from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
export class Records extends cdk.Stack {
  constructor(scope: cdk.App) {
    super(scope, 'Records');
    const bucket = new s3.Bucket(this, 'Bucket', { versioned: true });
    new lambda.Function(this, 'Api', { runtime: lambda.Runtime.NODEJS_20_X, handler: 'index.handler', code: lambda.Code.fromAsset('dist'), environment: { RECORDS_BUCKET: bucket.bucketName } });
  }
}
`,
    not: 'versioned: true',
  },
  CloudFormation: {
    file: 'template.yaml',
    versioned: `Transform: AWS::Serverless-2016-10-31
Resources:
  Records:
    Type: AWS::S3::Bucket
    Properties:
      VersioningConfiguration:
        Status: Enabled
  Api:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      Environment:
        Variables:
          RECORDS_BUCKET: !Ref Records
`,
    not: 'Status: Enabled',
  },
  'the Serverless Framework': {
    file: 'serverless.yml',
    versioned: `service: records
provider:
  name: aws
  environment:
    RECORDS_BUCKET: !Ref Records
resources:
  Resources:
    Records:
      Type: AWS::S3::Bucket
      Properties:
        VersioningConfiguration:
          Status: Enabled
`,
    not: 'Status: Enabled',
  },
  Terraform: {
    file: 'main.tf',
    versioned: `resource "aws_s3_bucket" "records" {
  bucket = "acme-records"
}
resource "aws_s3_bucket_versioning" "records" {
  bucket = aws_s3_bucket.records.id
  versioning_configuration {
    status = "Enabled"
  }
}
resource "aws_lambda_function" "api" {
  function_name = "api"
  environment {
    variables = {
      RECORDS_BUCKET = aws_s3_bucket.records.id
    }
  }
}
`,
    not: '"Enabled"',
  },
  Pulumi: {
    file: 'infra/index.ts',
    versioned: `import * as aws from '@pulumi/aws';
const records = new aws.s3.Bucket('records', { versioning: { enabled: true } });
new aws.lambda.Function('api', { environment: { variables: { RECORDS_BUCKET: records.bucket } } });
`,
    not: 'enabled: true',
  },
  SST: {
    file: 'sst.config.ts',
    versioned: `export default $config({
  async run() {
    const records = new sst.aws.Bucket('Records', { versioning: true });
    new sst.aws.Function('Api', { handler: 'src/api.handler', environment: { RECORDS_BUCKET: records.name } });
  },
});
`,
    not: 'versioning: true',
  },
  'another file that turns it on': {
    file: 'scripts/set-up.ts',
    versioned: `import { PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
await new S3Client({}).send(new PutBucketVersioningCommand({ Bucket: process.env.RECORDS_BUCKET, VersioningConfiguration: { Status: 'Enabled' } }));
`,
    not: "'Enabled'",
  },
};

const switchedOff: Readonly<Record<string, string>> = {
  'versioned: true': 'versioned: false',
  'Status: Enabled': 'Status: Suspended',
  '"Enabled"': '"Suspended"',
  'enabled: true': 'enabled: false',
  'versioning: true': 'versioning: false',
  "'Enabled'": "'Suspended'",
};

describe.each(Object.entries(declarations))('a bucket of %s', (_, { file, versioned, not }) => {
  it('that keeps versions has its deletes told', async () => {
    expect(await reported({ 'src/remove.ts': deletion, [file]: versioned })).toEqual(['src/remove.ts:4 s3/require-version-id-on-delete']);
  });

  it('that keeps none is left alone', async () => {
    expect(await reported({ 'src/remove.ts': deletion, [file]: versioned.replace(not, switchedOff[not] ?? not) })).toEqual([]);
  });
});

it('two declarations that disagree on a variable say nothing of it', async () => {
  const { versioned } = declarations['CloudFormation'] ?? { versioned: '' };
  expect(await reported({ 'src/remove.ts': deletion, 'one/template.yaml': versioned, 'two/template.yaml': versioned.replace('Enabled', 'Suspended') })).toEqual([]);
});
