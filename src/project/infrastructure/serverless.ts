import { connectStacks } from './cloudformation/connect-stacks.js';
import type { TemplateScope } from './cloudformation/intrinsics.js';
import { mayBeTemplate } from './cloudformation/may-be-template.js';
import { readStack, scopeOf } from './cloudformation/stack.js';
import { parseTemplate, type ParsedTemplate, type TemplateMapping, type TemplateNode } from './cloudformation/template-tree.js';
import type { InfrastructureReader, Reading, TextFile } from './reader.js';
import { fromFolder, hasServerlessVariables, isServiceFile } from './serverless/service-file.js';
import { functionVariables, templateOf } from './serverless/service-template.js';
import { fillVariables } from './serverless/service-variables.js';

/** Services of the Serverless Framework, with the files that they include. */
export const serverless: InfrastructureReader = {
  mayRead: mayBeTemplate,
  // What a service may include has resources or variables; it is parsed only when a service does include it.
  wants: (file) => isServiceFile(file) || file.text.includes('AWS::S3::Bucket') || hasServerlessVariables(file.text),
  read,
};

function read(files: readonly TextFile[]): Reading {
  const byPath = new Map(files.map((file) => [file.path, file]));
  /** Each file is parsed once, however often it is included. */
  const parsed = new Map<string, ParsedTemplate>();
  const parse = (path: string): TemplateNode | null => {
    const file = byPath.get(path);
    if (!file) return null;
    const template = parsed.get(path) ?? parseTemplate(file);
    parsed.set(path, template);
    return 'root' in template ? template.root : null;
  };

  const services = files.filter(isServiceFile).flatMap((file): { readonly service: TemplateMapping; readonly scope: TemplateScope }[] => {
    const root = parse(file.path);
    if (root?.kind !== 'mapping') return [];
    const service = fillVariables({ path: file.path, root, include: (written) => parse(fromFolder(file.path, written)) });
    return service.kind === 'mapping' ? [{ service, scope: scopeOf(file.path, templateOf(service)) }] : [];
  });
  const templates = new Map(services.map(({ scope }) => [scope.path, scope]));
  const stacks = services.map(({ service, scope }) => {
    const stack = readStack(scope, 'serverless', templates);
    return { ...stack, variables: [...stack.variables, ...functionVariables(service, scope)] };
  });
  return {
    buckets: connectStacks(stacks),
    findings: [],
    warnings: [...parsed.values()].flatMap((template) => ('warning' in template ? [template.warning] : [])),
  };
}
