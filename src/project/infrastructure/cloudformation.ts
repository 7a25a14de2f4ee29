import type { Warning } from '../../facts/project-finding.js';
import { connectStacks } from './cloudformation/connect-stacks.js';
import type { TemplateScope } from './cloudformation/intrinsics.js';
import { mayBeTemplate } from './cloudformation/may-be-template.js';
import { nestedPaths, readStack, scopeOf } from './cloudformation/stack.js';
import { knownText } from './cloudformation/template-text.js';
import { parseTemplate } from './cloudformation/template-tree.js';
import type { InfrastructureReader, Reading, TextFile } from './reader.js';
import { hasServerlessVariables, includedPaths, isServiceFile } from './serverless/service-file.js';

/** Templates of CloudFormation and SAM, YAML and JSON, and those that the CDK writes to `cdk.out`. */
export const cloudFormation: InfrastructureReader = {
  mayRead: mayBeTemplate,
  wants: (file) => looksLikeTemplate(file.text) || (isServiceFile(file) && includedPaths(file).length > 0),
  read,
};

/** Resources of AWS, and among them a bucket, stacks that pass names on, or code that may be given one. */
const looksLikeTemplate = (text: string): boolean =>
  text.includes('AWS::') && /^\s*\{?\s*["']?Resources["']?\s*:/m.test(text) && (declares(text) || text.includes('Environment')) && !hasServerlessVariables(text);

const declares = (text: string): boolean => /["']?Type["']?\s*:\s*["']?AWS::(?:S3::Bucket|CloudFormation::Stack|Serverless::Application)\b/.test(text);

function read(files: readonly TextFile[]): Reading {
  const services = files.filter(isServiceFile);
  // What a `serverless.yml` includes is a part of it, and read with it: on its own it would be another bucket.
  const parts = new Set(services.flatMap(includedPaths));
  const templates = files.filter((file) => !services.includes(file) && !parts.has(file.path));
  const declaring = templates.filter(({ text }) => declares(text)).map(parse);
  const others = templates.filter(({ text }) => !declares(text)).filter(mayNameBucketOf(declaring)).map(parse);
  const scopes = new Map([...declaring, ...others].flatMap(({ scope }) => (scope ? [[scope.path, scope]] : [])));
  return {
    buckets: connectStacks([...scopes.values()].map((scope) => readStack(scope, 'cloudformation', scopes))),
    findings: [],
    warnings: [...declaring, ...others].flatMap(({ warning }) => warning ?? []),
  };
}

interface ParsedFile {
  readonly scope: TemplateScope | null;
  readonly warning: Warning | null;
}

function parse(file: TextFile): ParsedFile {
  const template = parseTemplate(file);
  return 'root' in template ? { scope: scopeOf(file.path, template.root), warning: null } : { scope: null, warning: template.warning };
}

/**
 * Parsing is what costs here, and most templates without a bucket know nothing of those of others: a name comes in by
 * an import, as an argument from a template that nests them, or as it is.
 */
function mayNameBucketOf(declaring: readonly ParsedFile[]): (file: TextFile) => boolean {
  const scopes = declaring.flatMap(({ scope }) => scope ?? []);
  const nested = new Set(scopes.flatMap(nestedPaths));
  const names = scopes.flatMap((scope) => readStack(scope, 'cloudformation', new Map()).buckets).flatMap(({ name }) => knownText(name) ?? []);
  return ({ path, text }) => text.includes('ImportValue') || nested.has(path) || names.some((name) => text.includes(name));
}
