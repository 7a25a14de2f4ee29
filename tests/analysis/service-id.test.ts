import { describe, expect, it } from 'vitest';

import { findingsOf } from '../../src/analysis/verdict.js';
import { s3CallsOf } from '../../src/calls/s3-calls.js';
import { readSettings } from '../../src/facts/settings.js';
import { parse } from '../calls/parse.js';

/** Keys that hold an id of another service of AWS: what it has just made has one of its own, what is there already is shared. */
const sdk = `
import { randomUUID } from 'node:crypto';
import { PutObjectCommand as Put } from '@aws-sdk/client-s3';
import { IndexFacesCommand, StartStreamProcessorCommand, Rekognition } from '@aws-sdk/client-rekognition';
import { SFNClient, StartExecutionCommand, DescribeExecutionCommand } from '@aws-sdk/client-sfn';
import { RunTaskCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { SendMessageCommand, SendMessageBatchCommand, ReceiveMessageCommand, SQS } from '@aws-sdk/client-sqs';
import { PublishCommand, CreateTopicCommand } from '@aws-sdk/client-sns';
import { CreateJobCommand, GetJobCommand } from '@aws-sdk/client-mediaconvert';
import { StartDocumentTextDetectionCommand } from '@aws-sdk/client-textract';
import { RunInstancesCommand, StartInstancesCommand } from '@aws-sdk/client-ec2';
import { GenerateDataKeyCommand } from '@aws-sdk/client-kms';
import { StartReplicationTaskCommand } from '@aws-sdk/client-database-migration-service';
import { CreatePolicyVersionCommand } from '@aws-sdk/client-iam';
import { CreateThingCommand } from './commands.js';
import AWS from 'aws-sdk';
import OldQueue from 'aws-sdk/clients/sqs';
`;

function verdictsIn(code: string): readonly string[] {
  const { settings } = readSettings(undefined);
  const sourceCode = parse(sdk + code);
  return s3CallsOf(sourceCode)
    .filter((call) => call.operation.effect === 'write')
    .flatMap((call) => findingsOf(call, settings, sourceCode).map(({ verdict }) => verdict.kind));
}

const put = (id: string): string => `await client.send(new Put({ Bucket: 'b', Key: \`made/\${${id}}\`, Body: body }));`;
const sent = (command: string, id: string): string => `export async function store(service, client, body, given) { const made = await service.send(new ${command}); ${put(`made.${id}`)} }`;

describe('an id that another service has just made', () => {
  it.each<[string, string]>([
    ['a face', `export async function store(service, client, body) { const indexed = await service.send(new IndexFacesCommand({ CollectionId: 'faces', Image: { Bytes: body } })); const { FaceId } = indexed.FaceRecords[0].Face; ${put('FaceId')} }`],
    ['each face of a list', `export async function store(service, client, body) { const { FaceRecords } = await service.send(new IndexFacesCommand({ CollectionId: 'faces' })); for (const { Face } of FaceRecords) { ${put('Face.FaceId')} } }`],
    ['an execution', sent("StartExecutionCommand({ stateMachineArn: 'arn', input: '{}' })", 'executionArn')],
    ['an execution whose name is new', sent("StartExecutionCommand({ stateMachineArn: 'arn', name: randomUUID() })", 'executionArn')],
    ['a part of the ARN', sent("StartExecutionCommand({ stateMachineArn: 'arn' })", "executionArn.split(':').pop()")],
    ['a task', sent("RunTaskCommand({ cluster: 'c', taskDefinition: 't' })", 'tasks?.[0]?.taskArn')],
    ['a message', sent("SendMessageCommand({ QueueUrl: 'q', MessageBody: body })", 'MessageId!')],
    ['one of several messages', sent("SendMessageBatchCommand({ QueueUrl: 'q', Entries: given })", 'Successful[0].MessageId')],
    ['a notification', sent("PublishCommand({ TopicArn: 'arn', Message: body })", 'MessageId')],
    ['a job', sent("CreateJobCommand({ Role: 'r', Settings: given, Queue: 'q' })", 'Job.Id')],
    ['a job that is started under another name', sent('StartDocumentTextDetectionCommand({ DocumentLocation: given })', 'JobId')],
    ['an instance', sent("RunInstancesCommand({ ImageId: 'ami', MinCount: 1 })", 'Instances[0].InstanceId')],
    ['a request that is not seen', sent('RunTaskCommand(given)', 'tasks[0].taskArn')],
    ['a method of the aggregated client', `const queue = new SQS({}); export async function store(client, body) { const { MessageId } = await queue.sendMessage({ QueueUrl: 'q', MessageBody: body }); ${put('MessageId')} }`],
    ['v2', `const queue = new AWS.SQS(); export async function store(client, body) { const { MessageId } = await queue.sendMessage({ QueueUrl: 'q', MessageBody: body }).promise(); ${put('MessageId')} }`],
    ['v2, a service of its own module, with a callback', `const queue = new OldQueue(); export function store(client, body) { queue.sendMessage({ QueueUrl: 'q', MessageBody: body }, async (error, data) => { ${put('data.MessageId')} }); }`],
    ['by way of a function', `const start = async (service, input) => (await service.send(new StartExecutionCommand({ stateMachineArn: 'arn', input }))).executionArn; export async function store(service, client, body) { ${put('await start(service, body)')} }`],
    ['.then', `export const store = (service, client, body) => service.send(new PublishCommand({ Message: body })).then(async ({ MessageId }) => { ${put('MessageId')} });`],
  ])('%s', (_, code) => {
    expect(verdictsIn(code)).toEqual(['unique-key']);
  });
});

describe('an id that others have too', () => {
  it.each<[string, string]>([
    ['what is described', sent('DescribeExecutionCommand({ executionArn: given })', 'executionArn')],
    ['what is got', sent('GetJobCommand({ Id: given })', 'Job.Id')],
    ['what is updated', sent("UpdateServiceCommand({ service: 's' })", 'service.serviceArn')],
    ['a message that is received may be received again', sent("ReceiveMessageCommand({ QueueUrl: 'q' })", 'Messages[0].MessageId')],
    ['what is started again', sent('StartInstancesCommand({ InstanceIds: [given] })', 'StartingInstances[0].InstanceId')],
    ['what the request names comes back', sent('StartReplicationTaskCommand({ ReplicationTaskArn: given })', 'ReplicationTask.ReplicationTaskArn')],
    ['the key that encrypts, and not the data key', sent('GenerateDataKeyCommand({ KeyId: given })', 'KeyId')],
    ['the id that the caller gives to each entry', sent("SendMessageBatchCommand({ QueueUrl: 'q', Entries: given })", 'Successful[0].Id')],
    ['the cluster of a task', sent("RunTaskCommand({ cluster: 'c', taskDefinition: 't' })", 'tasks[0].clusterArn')],
    ['the image of an instance', sent('RunInstancesCommand(given)', 'Instances[0].ImageId')],
    ['versions are counted for each policy', sent('CreatePolicyVersionCommand({ PolicyArn: given })', 'PolicyVersion.VersionId')],
    ['a topic of that name may be there: its ARN is given back', sent("CreateTopicCommand({ Name: 'jobs' })", 'TopicArn')],
    ['an execution of that name may run: its ARN is given back', sent("StartExecutionCommand({ stateMachineArn: 'arn', name: given })", 'executionArn')],
    ['the same token gives the same job', sent('StartDocumentTextDetectionCommand({ DocumentLocation: given, ClientRequestToken: given.name })', 'JobId')],
    ['no id at all', sent("PublishCommand({ TopicArn: 'arn', Message: body })", 'SequenceNumber')],
    ['a command of the project: what it answers with is not known', sent('CreateThingCommand({})', 'ThingId')],
    ['a service that is lent may be any', `export async function store(service, client, body) { const { MessageId } = await service.sendMessage({ QueueUrl: 'q' }); ${put('MessageId')} }`],
    ['once for all that are stored', `export async function store(service, client, body) { const { MessageId } = await service.send(new PublishCommand({ Message: body })); const keys = body.map(() => MessageId); for (const key of keys) { ${put('key')} } }`],
    ['once for the process', `const service = new SFNClient({}); const { executionArn } = await service.send(new StartExecutionCommand({ stateMachineArn: 'arn' })); export async function store(client, body) { ${put('executionArn')} }`],
    ['the error of a callback', `const queue = new OldQueue(); export function store(client, body) { queue.sendMessage({ QueueUrl: 'q', MessageBody: body }, async (error, data) => { ${put('error.MessageId')} }); }`],
  ])('%s', (_, code) => {
    expect(verdictsIn(code)).toEqual(['blind']);
  });
});
