import { describe, expect, it } from 'vitest';

import type { BucketFact } from '../../src/facts/bucket-fact.js';
import { terraform } from '../../src/project/infrastructure/terraform.js';
import type { Reading } from '../../src/project/infrastructure/reader.js';

type Files = Readonly<Record<string, string>>;

async function reading(files: Files): Promise<Reading> {
  const given = Object.entries(files).map(([path, text]) => ({ path, text }));
  return terraform.read(given.filter((file) => terraform.mayRead(file.path) && terraform.wants(file)));
}

const bucketsIn = async (files: Files): Promise<readonly BucketFact[]> => (await reading(files)).buckets;

async function only(files: Files): Promise<BucketFact> {
  const [bucket, ...others] = await bucketsIn(files);
  expect(others).toEqual([]);
  if (!bucket) throw new Error('no bucket was found');
  return bucket;
}

/** What people apply, rather than a module that is published. */
const provider = 'provider "aws" {}\n';

const bucket = (inside = 'bucket = "uploads"', more = ''): string => `${provider}resource "aws_s3_bucket" "b" {\n${inside}\n}\n${more}`;

const versioning = (status = '"Enabled"', more = '', of = 'aws_s3_bucket.b.id'): string =>
  `resource "aws_s3_bucket_versioning" "v" {\n${more}\nbucket = ${of}\nversioning_configuration {\nstatus = ${status}\n}\n}\n`;

interface Case {
  readonly name: string;
  readonly files: Files;
}

describe('versioning is', () => {
  it.each<Case & { readonly is: BucketFact['versioning'] }>([
    { name: 'enabled by a resource of its own, as since version 4 of the provider', is: 'enabled', files: { 'main.tf': bucket() + versioning() } },
    { name: 'enabled in another file of the directory, for they are one module', is: 'enabled', files: { 'main.tf': bucket(), 'versioning.tf': versioning() } },
    { name: 'enabled where the bucket is referred to by its name', is: 'enabled', files: { 'main.tf': bucket() + versioning('"Enabled"', '', 'aws_s3_bucket.b.bucket') } },
    { name: 'enabled where both have the name from one local', is: 'enabled', files: { 'main.tf': `locals {\n n = "x-\${var.stage}"\n}\n${bucket('bucket = local.n')}${versioning('"Enabled"', '', 'local.n')}` } },
    { name: 'enabled where both have the name from one variable', is: 'enabled', files: { 'main.tf': bucket('bucket = var.name', versioning('"Enabled"', '', 'var.name')) } },
    { name: 'suspended: old versions are kept, new ones overwrite', is: 'suspended', files: { 'main.tf': bucket() + versioning('"Suspended"') } },
    { name: 'disabled where it says so', is: 'disabled', files: { 'main.tf': bucket() + versioning('"Disabled"') } },
    { name: 'disabled where nothing says otherwise, which is the standard of S3', is: 'disabled', files: { 'main.tf': bucket() } },
    { name: 'enabled inside of the bucket, as before version 4', is: 'enabled', files: { 'main.tf': bucket('versioning {\n enabled = true\n}') } },
    { name: 'disabled inside of the bucket: the provider leaves a new one alone', is: 'disabled', files: { 'main.tf': bucket('versioning {\n enabled = false\n}') } },
    { name: 'enabled by Object Lock, which works only with it', is: 'enabled', files: { 'main.tf': bucket('object_lock_enabled = true') } },
    { name: 'enabled by an Object Lock configuration', is: 'enabled', files: { 'main.tf': bucket('', 'resource "aws_s3_bucket_object_lock_configuration" "l" {\nbucket = aws_s3_bucket.b.id\n}') } },
    { name: 'unknown where a variable of the root decides, default or not: a run may set it', is: 'unknown', files: { 'main.tf': `variable "on" {\n default = "Enabled"\n}\n${bucket()}${versioning('var.on')}` } },
    { name: 'enabled where a local decides', is: 'enabled', files: { 'main.tf': `locals {\n on = true\n}\n${bucket()}${versioning('local.on ? "Enabled" : "Suspended"')}` } },
    { name: 'unknown where it depends on what only a run knows', is: 'unknown', files: { 'main.tf': bucket() + versioning('var.stage == "prod" ? "Enabled" : "Suspended"') } },
    { name: 'enabled where both ways say so', is: 'enabled', files: { 'main.tf': bucket() + versioning('var.prod ? "Enabled" : "Enabled"') } },
    { name: 'unknown where the versioning may not be there', is: 'unknown', files: { 'main.tf': bucket() + versioning('"Enabled"', 'count = var.keep ? 1 : 0') } },
    { name: 'disabled where the versioning is not there for sure', is: 'disabled', files: { 'main.tf': bucket() + versioning('"Enabled"', 'count = 0') } },
    {
      name: 'enabled where it is there whenever the bucket is',
      is: 'enabled',
      files: { 'main.tf': bucket('count = var.create ? 1 : 0', versioning('"Enabled"', 'count = var.create ? 1 : 0', 'aws_s3_bucket.b[0].id')) },
    },
    { name: 'enabled for each of many buckets', is: 'enabled', files: { 'main.tf': bucket('for_each = var.names\nbucket = each.key', versioning('"Enabled"', 'for_each = aws_s3_bucket.b', 'each.value.id')) } },
    { name: 'enabled for each, by the same set', is: 'enabled', files: { 'main.tf': bucket('for_each = var.names\nbucket = each.key', versioning('"Enabled"', 'for_each = var.names', 'aws_s3_bucket.b[each.key].id')) } },
    {
      name: 'unknown for some of many',
      is: 'unknown',
      files: { 'main.tf': bucket('for_each = var.all\nbucket = each.key', versioning('"Enabled"', 'for_each = { for k, v in var.all : k => v if v.keep }', 'aws_s3_bucket.b[each.key].id')) },
    },
    { name: 'unknown where a versioning may be for any bucket', is: 'unknown', files: { 'main.tf': bucket() + versioning('"Enabled"', '', 'var.bucket') } },
    { name: 'disabled where a versioning is for another bucket', is: 'disabled', files: { 'main.tf': bucket() + versioning('"Enabled"', '', '"archive-${var.stage}"') } },
    { name: 'unknown where another tool takes care of it', is: 'unknown', files: { 'main.tf': bucket('lifecycle {\n ignore_changes = [versioning]\n}') } },
    { name: 'unknown for a bucket that is replicated, which needs it: it is turned on where nobody looked', is: 'unknown', files: { 'main.tf': bucket('', 'resource "aws_s3_bucket_replication_configuration" "r" {\nbucket = aws_s3_bucket.b.id\n}') } },
    { name: 'unknown for a bucket that is replicated as before version 4', is: 'unknown', files: { 'main.tf': bucket('replication_configuration {\n role = "r"\n}') } },
    { name: 'unknown for a bucket that is only looked up', is: 'unknown', files: { 'main.tf': 'data "aws_s3_bucket" "b" {\n bucket = "uploads"\n}' } },
    { name: 'unknown where a published module hands the bucket out', is: 'unknown', files: { 'main.tf': 'resource "aws_s3_bucket" "b" {}\noutput "id" {\n value = aws_s3_bucket.b.id\n}' } },
    { name: 'disabled where it is handed out of what people apply', is: 'disabled', files: { 'main.tf': bucket('', 'output "id" {\n value = aws_s3_bucket.b.id\n}') } },
    { name: 'unknown beside a file that cannot be read', is: 'unknown', files: { 'main.tf': bucket(), 'broken.tf': 'resource "aws_s3_bucket_versioning" "v" {\n  bucket = \n}\n' } },
    { name: 'unknown in a dynamic block that may be none', is: 'unknown', files: { 'main.tf': bucket('dynamic "versioning" {\n for_each = var.v\n content {\n enabled = true\n }\n}') } },
    { name: 'enabled in a dynamic block that is one', is: 'enabled', files: { 'main.tf': bucket('dynamic "versioning" {\n for_each = [true]\n content {\n enabled = versioning.value\n }\n}') } },
  ])('$is: $name', async ({ files, is }) => {
    expect((await only(files)).versioning).toBe(is);
  });
});

describe('a name is', () => {
  it.each<Case & { readonly is: BucketFact['name'] }>([
    { name: 'what is written', is: ['uploads'], files: { 'main.tf': bucket() } },
    { name: 'not given: the provider makes one up', is: null, files: { 'main.tf': bucket('') } },
    { name: 'given as null, which is not given', is: null, files: { 'main.tf': bucket('bucket = null') } },
    { name: 'its prefix, and what the provider adds', is: ['uploads-', null], files: { 'main.tf': bucket('bucket_prefix = "uploads-"') } },
    { name: 'a hole where a run decides', is: ['app-', null, '-uploads'], files: { 'main.tf': bucket('bucket = "app-${var.stage}-uploads"') } },
    { name: 'a hole for a variable of the root, for a default may be overridden', is: [null], files: { 'main.tf': `variable "name" {\n default = "uploads"\n}\n${bucket('bucket = var.name')}` } },
    { name: 'certain from locals, however they are put together', is: ['app-eu-uploads'], files: { 'main.tf': `locals {\n app = "app"\n full = "\${local.app}-\${lower("EU")}"\n}\n${bucket('bucket = format("%s-%s", local.full, "uploads")')}` } },
    { name: 'joined', is: ['a-', null, '-c'], files: { 'main.tf': bucket('bucket = join("-", ["a", var.b, "c"])') } },
    { name: 'the name of another bucket, and more', is: ['uploads-logs'], files: { 'main.tf': 'module "logs" {\n source = "./logs"\n}\n', 'logs/main.tf': 'locals {\n base = "uploads"\n}\nresource "aws_s3_bucket" "b" {\n bucket = "${local.base}-logs"\n}' } },
    { name: 'a hole for a local that needs itself', is: [null], files: { 'main.tf': `locals {\n a = local.b\n b = local.a\n}\n${bucket('bucket = local.a')}` } },
    { name: 'a hole where a template has directives', is: [null], files: { 'main.tf': bucket('bucket = "%{ if var.x }a%{ endif }"') } },
    { name: 'as it is escaped', is: ['a${b}"c'], files: { 'main.tf': bucket('bucket = "a$${b}\\"c"') } },
  ])('$name', async ({ files, is }) => {
    expect((await only(files)).name).toEqual(is);
  });
});

describe('many buckets', () => {
  it('are told apart where it is known which there are', async () => {
    const buckets = await bucketsIn({ 'main.tf': bucket('for_each = { in = true, out = false }\nbucket = "app-${each.key}"', versioning('each.value ? "Enabled" : "Suspended"', 'for_each = { in = true, out = false }', 'aws_s3_bucket.b[each.key].id')) });
    expect(buckets.map(({ id, name, versioning: is }) => [id, name?.join(''), is])).toEqual([
      ['aws_s3_bucket.b["in"]', 'app-in', 'enabled'],
      ['aws_s3_bucket.b["out"]', 'app-out', 'suspended'],
    ]);
  });

  it('are counted', async () => {
    expect((await bucketsIn({ 'main.tf': bucket('count = 2\nbucket = "app-${count.index}"') })).map(({ name }) => name)).toEqual([['app-0'], ['app-1']]);
  });

  it('are none where the count says so', async () => {
    expect(await bucketsIn({ 'main.tf': bucket('count = 0') })).toEqual([]);
  });
});

describe('modules', () => {
  const storage = `variable "name" {}
variable "settings" {
  type = object({ versioned = optional(bool, true) })
  default = {}
}
resource "aws_s3_bucket" "b" {
  bucket = "app-\${var.name}"
}
resource "aws_s3_bucket_versioning" "v" {
  bucket = aws_s3_bucket.b.id
  versioning_configuration {
    status = var.settings.versioned ? "Enabled" : "Disabled"
  }
}
output "bucket" {
  value = aws_s3_bucket.b.id
}
`;
  const seen = async (files: Files): Promise<readonly unknown[]> => (await bucketsIn(files)).map(({ id, name, versioning: is }) => [id, name, is]);

  it('are read with the values of their caller, and with the defaults of what it leaves out', async () => {
    const main = `${provider}module "a" {\n source = "./storage"\n name = "a"\n}\nmodule "b" {\n source = "./storage"\n name = "b"\n settings = { versioned = false }\n}\n`;
    expect(await seen({ 'main.tf': main, 'storage/main.tf': storage })).toEqual([
      ['module.a.aws_s3_bucket.b', ['app-a'], 'enabled'],
      ['module.b.aws_s3_bucket.b', ['app-b'], 'disabled'],
    ]);
  });

  it('are read through one another', async () => {
    const files = {
      'envs/prod/main.tf': 'module "app" {\n source = "../../modules/app"\n stage = "prod"\n}',
      'modules/app/main.tf': 'module "storage" {\n source = "../storage"\n name = var.stage\n}\nvariable "stage" {}',
      'modules/storage/main.tf': storage,
    };
    expect(await seen(files)).toEqual([['module.app.module.storage.aws_s3_bucket.b', ['app-prod'], 'enabled']]);
  });

  it('have their versioning turned on by whoever calls them', async () => {
    const files = {
      'main.tf': `module "s" {\n source = "./s"\n}\n${versioning('"Enabled"', '', 'module.s.id')}`,
      's/main.tf': 'resource "aws_s3_bucket" "b" {}\noutput "id" {\n value = aws_s3_bucket.b.id\n}',
    };
    expect(await seen(files)).toEqual([['module.s.aws_s3_bucket.b', null, 'enabled']]);
  });

  it('turn on the versioning of a bucket that is handed in', async () => {
    const files = { 'main.tf': bucket('bucket = "uploads"', 'module "v" {\n source = "./v"\n id = aws_s3_bucket.b.id\n}'), 'v/main.tf': `variable "id" {}\n${versioning('"Enabled"', '', 'var.id')}` };
    expect(await seen(files)).toEqual([['aws_s3_bucket.b', ['uploads'], 'enabled']]);
  });

  it('may take values from one another', async () => {
    const files = {
      'main.tf': 'module "a" {\n source = "./a"\n other = module.b.name\n}\nmodule "b" {\n source = "./b"\n given = module.a.base\n}',
      'a/main.tf': 'variable "other" {}\noutput "base" {\n value = "base"\n}\nresource "aws_s3_bucket" "b" {\n bucket = var.other\n}',
      'b/main.tf': 'variable "given" {}\noutput "name" {\n value = "${var.given}-x"\n}',
    };
    expect(await seen(files)).toEqual([['module.a.aws_s3_bucket.b', ['base-x'], 'disabled']]);
  });

  it('that call themselves are not followed', async () => {
    expect(await seen({ 'main.tf': 'module "r" {\n source = "./r"\n}', 'r/main.tf': 'module "r" {\n source = "../r"\n}\nresource "aws_s3_bucket" "b" {}' })).toEqual([['module.r.aws_s3_bucket.b', null, 'disabled']]);
  });

  it('of the registry are known', async () => {
    const call = (more: string): string => `${provider}module "s" {\n source = "terraform-aws-modules/s3-bucket/aws"\n bucket = "uploads"\n${more}\n}\n`;
    const statusOf = async (more: string): Promise<unknown> => (await only({ 'main.tf': call(more) })).versioning;
    expect(await statusOf('versioning = { enabled = true }')).toBe('enabled');
    expect(await statusOf('versioning = { enabled = false }')).toBe('suspended');
    expect(await statusOf('versioning = { status = "Enabled" }')).toBe('enabled');
    expect(await statusOf('versioning = { enabled = var.on }')).toBe('unknown');
    expect(await statusOf('object_lock_enabled = true')).toBe('enabled');
    expect(await statusOf('')).toBe('disabled');
    const lambda = 'resource "aws_lambda_function" "f" {\n environment {\n variables = { BUCKET = module.s.s3_bucket_id }\n }\n}\n';
    expect(await only({ 'main.tf': call('lifecycle_rule = [{ enabled = true, filter = { prefix = "tmp/" }, expiration = { days = 1 } }]') + lambda })).toMatchObject({
      id: 'module.s.aws_s3_bucket.this[0]',
      at: { file: 'main.tf', line: 2 },
      name: ['uploads'],
      environment: ['BUCKET'],
      lifecycle: [{ at: { file: 'main.tf', line: 2 }, prefix: 'tmp/', actions: ['expiration'] }],
    });
    expect(await bucketsIn({ 'main.tf': call('create_bucket = false') })).toEqual([]);
  });
});

describe('the name comes to code by the environment of', () => {
  const carried = (of: string): string => bucket('bucket = "uploads-${var.stage}"', of);
  const containers = '[{ name = "app", environment = [{ name = "STAGE", value = var.stage }, { name = "BUCKET", value = aws_s3_bucket.b.id }] }]';
  it.each<Case>([
    { name: 'a Lambda function', files: { 'main.tf': carried('resource "aws_lambda_function" "f" {\n environment {\n variables = { STAGE = var.stage, BUCKET = aws_s3_bucket.b.id }\n }\n}') } },
    { name: 'a Lambda function, after a value of which nothing is known', files: { 'main.tf': carried('resource "aws_lambda_function" "f" {\n environment {\n variables = { A = "%{ if var.x }a%{ endif }", BUCKET = aws_s3_bucket.b.id }\n }\n}') } },
    { name: 'a Lambda function, by the same text', files: { 'main.tf': carried('resource "aws_lambda_function" "f" {\n environment {\n variables = { BUCKET = "uploads-${var.stage}" }\n }\n}') } },
    { name: 'a Lambda function, merged', files: { 'main.tf': carried('locals {\n all = { A = "b" }\n}\nresource "aws_lambda_function" "f" {\n environment {\n variables = merge(local.all, { BUCKET = aws_s3_bucket.b.bucket })\n }\n}') } },
    { name: 'a task of ECS', files: { 'main.tf': carried(`resource "aws_ecs_task_definition" "t" {\n container_definitions = jsonencode(${containers})\n}`) } },
    { name: 'a task of ECS that has a second container at times', files: { 'main.tf': carried(`resource "aws_ecs_task_definition" "t" {\n container_definitions = var.x ? jsonencode(${containers}) : jsonencode(concat(${containers}, [{ name = "log" }]))\n}`) } },
    {
      name: 'a task of ECS, as a text of JSON with numbers filled in',
      files: { 'main.tf': carried('resource "aws_ecs_task_definition" "t" {\n container_definitions = <<EOF\n[{ "cpu": ${var.cpu}, "environment": [{ "name": "BUCKET", "value": "${aws_s3_bucket.b.id}" }] }]\nEOF\n}') },
    },
    { name: 'a task of ECS, from a map', files: { 'main.tf': carried(`locals {\n env = { BUCKET = aws_s3_bucket.b.id }\n}\nresource "aws_ecs_task_definition" "t" {\n container_definitions = jsonencode([{ environment = [for k, v in local.env : { name = k, value = v }] }])\n}`) } },
    { name: 'a project of CodeBuild', files: { 'main.tf': carried('resource "aws_codebuild_project" "p" {\n environment {\n environment_variable {\n name = "BUCKET"\n value = aws_s3_bucket.b.id\n }\n }\n}') } },
    {
      name: 'a service of App Runner',
      files: { 'main.tf': carried('resource "aws_apprunner_service" "s" {\n source_configuration {\n image_repository {\n image_configuration {\n runtime_environment_variables = { BUCKET = aws_s3_bucket.b.id }\n }\n }\n }\n}') },
    },
    { name: 'a module of the registry for functions', files: { 'main.tf': carried('module "f" {\n source = "terraform-aws-modules/lambda/aws"\n environment_variables = { BUCKET = aws_s3_bucket.b.id }\n}') } },
    {
      name: 'a module of the project',
      files: { 'main.tf': carried('module "f" {\n source = "./f"\n env = { BUCKET = aws_s3_bucket.b.id }\n}'), 'f/main.tf': 'variable "env" {}\nresource "aws_lambda_function" "f" {\n dynamic "environment" {\n for_each = length(keys(var.env)) > 0 ? [1] : []\n content {\n variables = var.env\n }\n }\n}' },
    },
    { name: 'a function, through what was set up for the bucket', files: { 'main.tf': carried(`${versioning()}resource "aws_lambda_function" "f" {\n environment {\n variables = { BUCKET = aws_s3_bucket_versioning.v.id }\n }\n}`) } },
  ])('$name', async ({ files }) => {
    expect((await only(files)).environment).toEqual(['BUCKET']);
  });

  it.each<Case>([
    { name: 'nobody, where it holds more than the name', files: { 'main.tf': carried('resource "aws_lambda_function" "f" {\n environment {\n variables = { URL = "s3://${aws_s3_bucket.b.id}/x" }\n }\n}') } },
    { name: 'nobody, where it holds the ARN', files: { 'main.tf': carried('resource "aws_lambda_function" "f" {\n environment {\n variables = { ARN = aws_s3_bucket.b.arn }\n }\n}') } },
    { name: 'nobody, where another value may replace it', files: { 'main.tf': carried('resource "aws_lambda_function" "f" {\n environment {\n variables = merge({ BUCKET = aws_s3_bucket.b.id }, var.more)\n }\n}') } },
    { name: 'nobody, where a key that is computed may be the same', files: { 'main.tf': carried('resource "aws_lambda_function" "f" {\n environment {\n variables = merge({ BUCKET = aws_s3_bucket.b.id }, { (var.key) = "x" })\n }\n}') } },
    { name: 'nobody, where it may be something else', files: { 'main.tf': carried('resource "aws_lambda_function" "f" {\n environment {\n variables = { BUCKET = var.x ? aws_s3_bucket.b.id : var.other }\n }\n}') } },
    { name: 'nobody, where tags are called so', files: { 'main.tf': carried('resource "aws_lambda_function" "f" {\n tags = { BUCKET = aws_s3_bucket.b.id }\n}') } },
  ])('$name', async ({ files }) => {
    expect((await only(files)).environment).toEqual([]);
  });
});

describe('rules', () => {
  const configuration = (rules: string): string => bucket('', `resource "aws_s3_bucket_lifecycle_configuration" "l" {\nbucket = aws_s3_bucket.b.id\n${rules}\n}`);
  const rule = (inside: string, status = 'Enabled'): string => `rule {\nid = "x"\nstatus = "${status}"\n${inside}\n}`;

  it.each<{ readonly name: string; readonly rules: string; readonly are: readonly unknown[] }>([
    { name: 'for all keys', rules: rule('filter {}\nexpiration {\n days = 1\n}'), are: [['', 'expiration']] },
    { name: 'for a prefix', rules: rule('filter {\n prefix = "tmp/"\n}\ntransition {\n days = 1\n storage_class = "GLACIER"\n}'), are: [['tmp/', 'transition']] },
    { name: 'for a prefix as it was written before filters', rules: rule('prefix = "tmp/"\nexpiration {\n date = "2030-01-01"\n}'), are: [['tmp/', 'expiration']] },
    { name: 'for keys that tags choose, which are not known', rules: rule('filter {\n and {\n prefix = "a/"\n tags = { x = "y" }\n }\n}\nexpiration {\n days = 1\n}'), are: [[null, 'expiration']] },
    { name: 'for a prefix that only a run knows', rules: rule('filter {\n prefix = var.p\n}\nexpiration {\n days = 1\n}'), are: [[null, 'expiration']] },
    {
      name: 'for old versions and unfinished uploads',
      rules: rule('noncurrent_version_expiration {\n noncurrent_days = 1\n}\nnoncurrent_version_transition {\n noncurrent_days = 1\n}\nabort_incomplete_multipart_upload {\n days_after_initiation = 1\n}'),
      are: [['', 'noncurrent-expiration', 'noncurrent-transition', 'abort-upload']],
    },
    { name: 'for delete markers alone, which takes no version', rules: rule('expiration {\n expired_object_delete_marker = true\n}'), are: [['']] },
    { name: 'that are switched off are none', rules: rule('expiration {\n days = 1\n}', 'Disabled'), are: [] },
    { name: 'of which it is not known whether they are on are none', rules: rule('expiration {\n days = 1\n}').replace('"Enabled"', 'var.status'), are: [] },
    { name: 'of a dynamic block that may be none are none', rules: 'dynamic "rule" {\nfor_each = var.rules\ncontent {\nstatus = "Enabled"\nexpiration {\n days = 1\n}\n}\n}', are: [] },
    { name: 'of a dynamic block', rules: `dynamic "rule" {\nfor_each = { a = 1, b = 2 }\ncontent {\nstatus = "Enabled"\nfilter {\n prefix = rule.key\n}\nexpiration {\n days = rule.value\n}\n}\n}`, are: [['a', 'expiration'], ['b', 'expiration']] },
  ])('$name', async ({ rules, are }) => {
    expect((await only({ 'main.tf': configuration(rules) })).lifecycle.map(({ prefix, actions }) => [prefix, ...actions])).toEqual(are);
  });

  it('stood inside of the bucket before version 4', async () => {
    const inside = 'lifecycle_rule {\n enabled = true\n prefix = "log/"\n expiration {\n days = 1\n }\n}\nreplication_configuration {\n role = "r"\n rules {\n status = "Enabled"\n prefix = "a/"\n }\n}\nversioning {\n enabled = true\n}';
    const { lifecycle, replication } = await only({ 'main.tf': bucket(inside) });
    expect([lifecycle.map(({ prefix, at }) => [prefix, at.line]), replication.map(({ prefix, at }) => [prefix, at.line])]).toEqual([[['log/', 3]], [['a/', 12]]]);
  });

  it('replicate', async () => {
    const replication = 'resource "aws_s3_bucket_replication_configuration" "r" {\nbucket = aws_s3_bucket.b.id\nrule {\nstatus = "Enabled"\nfilter {\n prefix = "a/"\n}\n}\nrule {\nstatus = "Disabled"\n}\n}';
    expect((await only({ 'main.tf': bucket('', replication) })).replication.map(({ prefix }) => prefix)).toEqual(['a/']);
  });
});

describe('reading', () => {
  it('says where a bucket is declared', async () => {
    expect((await only({ 'infra/main.tf': '# é\n\n  resource "aws_s3_bucket" "uploads" {\n}\n' })).at).toEqual({ file: 'infra/main.tf', line: 3, column: 3, endLine: 3, endColumn: 37 });
  });

  it('warns once of a file with a mistake, and reads the rest of it', async () => {
    const { buckets, warnings } = await reading({ 'main.tf': 'resource "aws_s3_bucket" "a" {}\n\nresource "aws_s3_bucket" "b" {\n  bucket = "x" "y"\n  bucket = = 1\n}\nresource "aws_s3_bucket" "c" {}\n' });
    expect(buckets.map(({ id }) => id)).toContain('aws_s3_bucket.a');
    expect(buckets.map(({ id }) => id)).not.toContain('aws_s3_bucket.b');
    expect(warnings.map(({ file, line }) => [file, line])).toEqual([['main.tf', 4]]);
  });

  it('warns of configurations in JSON, and takes nothing beside them for absent', async () => {
    const { buckets, warnings } = await reading({ 'main.tf': bucket(), 'v.tf.json': '{"resource": {"aws_s3_bucket_versioning": {}}}' });
    expect(buckets.map((found) => found.versioning)).toEqual(['unknown']);
    expect(warnings.map(({ file, line }) => [file, line])).toEqual([['v.tf.json', null]]);
  });

  it('gives up what grows without end', async () => {
    const doubling = (value: (of: string) => string): string => Array.from({ length: 60 }, (_, step) => `l${step + 1} = ${value(`local.l${step}`)}`).join('\n');
    const locals = (start: string, value: (of: string) => string): string => `locals {\nl0 = ${start}\n${doubling(value)}\n}\n`;
    expect((await only({ 'main.tf': `${locals('"ab"', (of) => `"\${${of}}\${${of}}"`)}${bucket('bucket = local.l60')}` })).name).toEqual([null]);
    expect((await only({ 'main.tf': `${locals('[var.x]', (of) => `concat(${of}, ${of})`)}${bucket('bucket = join("", local.l60)')}` })).name).toEqual([null]);
    expect((await only({ 'main.tf': `${locals('var.x', (of) => `lower("\${${of}}\${${of}}")`)}${bucket('bucket = local.l60')}` })).name).toEqual([null]);
    expect((await reading({ 'main.tf': bucket(`bucket = ${'('.repeat(30_000)}1${')'.repeat(30_000)}`) })).buckets).toEqual([]);
  });

  it('throws nothing at what is no Terraform at all', async () => {
    const { buckets } = await reading({ 'main.tf': '\u0000}}}{{{ aws_s3_bucket "', 'b.tf': 'aws_s3_bucket', 'c/main.tf': '', 'd.tf': 'resource "aws_s3_bucket" {}\nresource {}\nmodule {}\nlocals { a = }' });
    expect(buckets).toBeInstanceOf(Array);
  });

  it('looks at configurations only', () => {
    expect(['a.tf', 'x/b.tofu', 'terragrunt.hcl', 'prod.tfbackend', 'backend-prod.tfvars'].filter((path) => !terraform.mayRead(path))).toEqual([]);
    expect(['a.ts', 'terraform.tfvars', '.terraform.lock.hcl', '.terraform/modules/a/main.tf', 'x/.terragrunt-cache/a/main.tf', 'a.tfstate'].filter((path) => terraform.mayRead(path))).toEqual([]);
  });

  it('tells what two configurations say alike once, and what they say differently twice', async () => {
    const storage = 'variable "n" {}\nresource "aws_s3_bucket" "b" {\n bucket = var.n\n}';
    const root = (name: string): string => `module "s" {\n source = "../s"\n n = "${name}"\n}`;
    expect((await bucketsIn({ 's/main.tf': storage, 'a/main.tf': root('x'), 'b/main.tf': root('x'), 'c/main.tf': root('y') })).map(({ name }) => name)).toEqual([['x'], ['y']]);
  });
});
