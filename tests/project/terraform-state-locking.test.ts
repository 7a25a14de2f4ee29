import { describe, expect, it } from 'vitest';

import { terraform } from '../../src/project/infrastructure/terraform.js';

type Files = Readonly<Record<string, string>>;

interface Case {
  readonly name: string;
  readonly files: Files;
}

async function findingsIn(files: Files): Promise<readonly string[]> {
  const given = Object.entries(files).map(([path, text]) => ({ path, text }));
  const { findings } = await terraform.read(given.filter((file) => terraform.mayRead(file.path) && terraform.wants(file)));
  return findings.map(({ rule, messageId, at, related }) => {
    expect([rule, messageId]).toEqual(['terraform-state-locking', 'stateWithoutLock']);
    return [`${at.file}:${at.line}`, ...related.map((place) => `${place.file}:${place.line}`)].join(' ');
  });
}

/** A backend that has all that it needs, and what else is written in it. */
const backend = (more = ''): string => `terraform {
  backend "s3" {
    bucket = "states"
    key    = "app/terraform.tfstate"
    ${more}
  }
}`;

const partial = 'terraform {\n  backend "s3" {}\n}';
const place = 'bucket = "states"\nkey = "app"\n';

describe('reports a state that two runs can write at once', () => {
  it.each<Case & { readonly at: string }>([
    { name: 'a backend without a lock: it is off unless it is asked for', files: { 'main.tf': backend() }, at: 'main.tf:2' },
    { name: 'the lock switched off', files: { 'main.tf': backend('use_lockfile = false') }, at: 'main.tf:2' },
    { name: 'a table that is no table', files: { 'main.tf': backend('dynamodb_table = ""') }, at: 'main.tf:2' },
    { name: 'a table that is null, which is as if it were not written', files: { 'main.tf': backend('dynamodb_table = null') }, at: 'main.tf:2' },
    { name: 'encryption, which is no lock', files: { 'main.tf': backend('encrypt = true') }, at: 'main.tf:2' },
    { name: 'OpenTofu, which leaves it off as well', files: { 'main.tofu': backend() }, at: 'main.tofu:2' },
    { name: 'a backend named without quotes', files: { 'main.tf': backend().replace('"s3"', 's3') }, at: 'main.tf:2' },
    { name: 'a configuration in a directory of its own', files: { 'infra/prod/main.tf': backend() }, at: 'infra/prod/main.tf:2' },
    { name: 'settings in a file for `-backend-config` that has no lock either', files: { 'main.tf': partial, 'prod.tfbackend': place }, at: 'main.tf:2 prod.tfbackend:1' },
    {
      name: 'one of two files without a lock: that environment has none',
      files: { 'main.tf': partial, 'env/backend-dev.hcl': place, 'env/backend-prod.hcl': `${place}use_lockfile = true\n` },
      at: 'main.tf:2 env/backend-dev.hcl:1',
    },
    {
      name: 'Terragrunt, which writes the backend from its own block',
      files: { 'terragrunt.hcl': `remote_state {\n  backend = "s3"\n  config = {\n${place}    key = "\${path_relative_to_include()}/terraform.tfstate"\n  }\n}` },
      at: 'terragrunt.hcl:1',
    },
    { name: 'a backend that Terragrunt generates from a text', files: { 'root.hcl': `generate "backend" {\n  path = "backend.tf"\n  contents = <<EOF\n${backend()}\nEOF\n}` }, at: 'root.hcl:1' },
    { name: 'a mistake in another block of the file', files: { 'main.tf': `${backend()}\nresource "aws_sqs_queue" "q" {\n  name = \n}\n` }, at: 'main.tf:2' },
  ])('$name', async ({ files, at }) => {
    expect(await findingsIn(files)).toEqual([at]);
  });
});

describe('says nothing of', () => {
  it.each<Case>([
    { name: 'a lock file: S3 refuses the second one', files: { 'main.tf': backend('use_lockfile = true') } },
    { name: 'a lock table', files: { 'main.tf': backend('dynamodb_table = "locks"') } },
    { name: 'a lock table by its older name', files: { 'main.tf': backend('lock_table = "locks"') } },
    { name: 'a lock that a variable decides, which OpenTofu allows', files: { 'main.tofu': backend('use_lockfile = var.lock') } },
    { name: 'an endpoint of DynamoDB: the table is given elsewhere', files: { 'main.tf': backend('dynamodb_endpoint = "http://localhost:4566"') } },
    { name: 'the same in the object of all endpoints', files: { 'main.tf': backend('endpoints = { dynamodb = "http://localhost:4566" }') } },
    { name: 'a backend that is set up from outside', files: { 'main.tf': partial } },
    { name: 'a backend without its bucket: the rest may hold the lock', files: { 'main.tf': 'terraform {\n  backend "s3" {\n    key = "app"\n  }\n}' } },
    { name: 'a file that brings the lock', files: { 'main.tf': partial, 'prod.tfbackend': `${place}dynamodb_table = "locks"\n` } },
    { name: 'a file that brings the lock to a backend that could do without the file', files: { 'main.tf': backend(), 'backend.hcl': 'use_lockfile = true\n' } },
    { name: 'a file that leaves the bucket open as well', files: { 'main.tf': partial, 'prod.tfbackend': 'key = "app"\n' } },
    { name: 'settings that belong to another directory', files: { 'a/main.tf': partial, 'b/prod.tfbackend': place } },
    { name: 'another backend', files: { 'main.tf': 'terraform {\n  backend "gcs" {\n    bucket = "states"\n  }\n}' } },
    { name: 'a state that is only read', files: { 'main.tf': `data "terraform_remote_state" "vpc" {\n  backend = "s3"\n  config = {\n    bucket = "states"\n    key = "vpc"\n  }\n}` } },
    { name: 'Terragrunt with a lock', files: { 'terragrunt.hcl': `remote_state {\n  backend = "s3"\n  config = {\n${place}    use_lockfile = true\n  }\n}` } },
    { name: 'Terragrunt with settings from elsewhere', files: { 'terragrunt.hcl': `remote_state {\n  backend = "s3"\n  config = merge(local.common.config, {\n${place}  })\n}` } },
    { name: 'a copy that init made', files: { '.terraform/modules/x/main.tf': backend() } },
    { name: 'a backend in a comment', files: { 'main.tf': `/*\n${backend()}\n*/\nterraform {}\n` } },
    { name: 'a backend with a mistake in it', files: { 'main.tf': backend('dynamodb_table =') } },
  ])('$name', async ({ files }) => {
    expect(await findingsIn(files)).toEqual([]);
  });
});
