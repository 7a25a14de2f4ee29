import { dirname, join } from 'node:path/posix';

import type { BucketFact } from '../../../facts/bucket-fact.js';
import { nameIn, readBucketProperties } from './bucket-properties.js';
import { environmentVariablesIn, type EnvironmentVariable } from './environment-variables.js';
import { importHole, outputHole, parameterHole, textOf, type TemplateScope } from './intrinsics.js';
import { identityOf, knownText, toPartialText, type TemplateText } from './template-text.js';
import { valueOf, type TemplateMapping, type TemplateNode } from './template-tree.js';

/** What one template declares. */
export interface Stack {
  readonly buckets: readonly DeclaredBucket[];
  readonly variables: readonly EnvironmentVariable[];
  readonly links: readonly Link[];
}

/** A bucket before it is known who is given its name. */
export interface DeclaredBucket {
  readonly fact: Omit<BucketFact, 'environment'>;
  /** What `Ref` gives for it. */
  readonly name: TemplateText;
}

/** What stands in a hole of another template: an export for its import, an argument for the parameter of a nested stack. */
export interface Link {
  readonly hole: string;
  readonly text: TemplateText;
}

/**
 * @param path the file
 * @param template its tree
 * @returns what names mean in it
 */
export function scopeOf(path: string, template: TemplateMapping): TemplateScope {
  const named = new Map<string, TemplateText>();
  const scope: TemplateScope = {
    path,
    template,
    nameOfBucket(id) {
      if (plainText(valueOf(template, 'Resources', id, 'Type')) !== 'AWS::S3::Bucket') return null;
      const known = named.get(id);
      if (known) return known;
      const itself: TemplateText = [{ hole: parameterHole(path, id) }];
      // While its name is being read, a bucket that is named after itself is only itself.
      named.set(id, itself);
      const given = nameIn(valueOf(template, 'Resources', id, 'Properties'), scope);
      const name = given && identityOf(given) !== null ? given : itself;
      named.set(id, name);
      return name;
    },
  };
  return scope;
}

/**
 * @param scope a template
 * @param declaredBy what kind of template it is
 * @param templates all templates that were given, by path
 * @returns what it declares
 */
export function readStack(scope: TemplateScope, declaredBy: BucketFact['declaredBy'], templates: ReadonlyMap<string, TemplateScope>): Stack {
  const resources = valueOf(scope.template, 'Resources');
  const entries = resources?.kind === 'mapping' ? [...resources.entries] : [];
  return {
    buckets: entries.flatMap(([id, { at, value }]): DeclaredBucket[] => {
      const name = scope.nameOfBucket(id);
      if (name === null) return [];
      const properties = valueOf(value, 'Properties');
      const given = nameIn(properties, scope);
      return [{ name, fact: { declaredBy, at, id, name: given && toPartialText(given), ...readBucketProperties(properties, scope) } }];
    }),
    variables: [...entries.map(([, { value }]) => valueOf(value, 'Properties')), valueOf(scope.template, 'Globals')].flatMap((node) => environmentVariablesIn(node, scope)),
    links: [...exportsOf(scope), ...entries.flatMap(([id, { value }]) => nestedLinks(id, value, scope, templates))],
  };
}

const plainText = (node: TemplateNode | null): string | null => (node?.kind === 'scalar' ? knownText(node.text) : null);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html */
function exportsOf(scope: TemplateScope): readonly Link[] {
  return outputsOf(scope).flatMap(({ output, text }) => {
    const name = valueOf(output, 'Export', 'Name');
    const exported = name && knownText(textOf(name, scope));
    return exported === null ? [] : [{ hole: importHole(exported), text }];
  });
}

function outputsOf(scope: TemplateScope): readonly { readonly name: string; readonly output: TemplateNode; readonly text: TemplateText }[] {
  const outputs = valueOf(scope.template, 'Outputs');
  return [...(outputs?.kind === 'mapping' ? outputs.entries : [])].flatMap(([name, { value: output }]) => {
    const value = valueOf(output, 'Value');
    return value ? [{ name, output, text: textOf(value, scope) }] : [];
  });
}

/**
 * @param scope a template
 * @returns the files of the stacks that it nests, relative to the root of the project
 */
export function nestedPaths(scope: TemplateScope): readonly string[] {
  const resources = valueOf(scope.template, 'Resources');
  return [...(resources?.kind === 'mapping' ? resources.entries.values() : [])].flatMap(({ value }) => nestedPath(value, scope) ?? []);
}

/** A template beside this one: by its path before packaging, or by the file that the CDK wrote for it. */
function nestedPath(resource: TemplateNode, scope: TemplateScope): string | null {
  const written = [valueOf(resource, 'Metadata', 'aws:asset:path'), ...['TemplateURL', 'Location'].map((property) => valueOf(resource, 'Properties', property))];
  const path = written.map(plainText).find((text) => text !== null);
  return path === undefined ? null : join(dirname(scope.path), path);
}

/** What goes into a nested stack, and what comes out of it. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-nested-stacks.html */
function nestedLinks(id: string, resource: TemplateNode, scope: TemplateScope, templates: ReadonlyMap<string, TemplateScope>): readonly Link[] {
  const child = templates.get(nestedPath(resource, scope) ?? '');
  if (!child) return [];
  const parameters = valueOf(resource, 'Properties', 'Parameters');
  return [
    ...[...(parameters?.kind === 'mapping' ? parameters.entries : [])].map(([name, { value }]) => ({ hole: parameterHole(child.path, name), text: textOf(value, scope) })),
    ...outputsOf(child).map(({ name, text }) => ({ hole: outputHole(scope.path, id, name), text })),
  ];
}
