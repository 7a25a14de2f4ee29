import { joinTexts, knownText, unknownText, type TemplateText } from './template-text.js';
import { valueOf, type TemplateMapping, type TemplateNode } from './template-tree.js';

/** What the intrinsic functions of one template refer to. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html */
export interface TemplateScope {
  /** Names the holes of this template: the same parameter of another template is another text. */
  readonly path: string;
  readonly template: TemplateMapping;
  /** What `Ref` gives for a bucket, which is its name; null for a logical id that is no bucket. */
  readonly nameOfBucket: (id: string) => TemplateText | null;
}

/** How the value of an export is named wherever it is imported: exports are unique in an account and region. */
export const importHole = (name: string): string => `import ${name}`;
export const parameterHole = (path: string, name: string): string => `${path}: {Ref:${name}}`;
export const outputHole = (path: string, stack: string, output: string): string => attributeHole(path, `${stack}.Outputs.${output}`);

const attributeHole = (path: string, attribute: string): string => `${path}: {Fn::GetAtt:${attribute}}`;

interface Intrinsic {
  readonly name: string;
  readonly argument: TemplateNode;
}

/** @returns the function that a node calls; null for a plain value */
export function intrinsicOf(node: TemplateNode): Intrinsic | null {
  if (node.kind !== 'mapping' || node.entries.size !== 1) return null;
  for (const [name, { value }] of node.entries) if (name === 'Ref' || name.startsWith('Fn::')) return { name, argument: value };
  return null;
}

/**
 * @param node a value; null where the template gives none
 * @returns what may stand there: the branches of an `Fn::If`, and null for nothing (`AWS::NoValue`)
 */
export const choicesOf = (node: TemplateNode | null): readonly (TemplateNode | null)[] => choicesWithin(node, maximumConditions);

/** Aliases can make conditions multiply: nobody writes this many within one another. */
const maximumConditions = 8;

function choicesWithin(node: TemplateNode | null, depth: number): readonly (TemplateNode | null)[] {
  const intrinsic = node && intrinsicOf(node);
  if (intrinsic?.name === 'Ref' && plainText(intrinsic.argument) === 'AWS::NoValue') return [null];
  if (depth === 0 || intrinsic?.name !== 'Fn::If' || intrinsic.argument.kind !== 'list' || intrinsic.argument.items.length !== 3) return [node];
  return intrinsic.argument.items.slice(1).flatMap((branch) => choicesWithin(branch, depth - 1));
}

/**
 * @param node a value that a text is made of
 * @param scope the template it stands in
 * @returns the text. A parameter stays a hole, for a deployment may override its default, unless it allows one value only.
 */
export function textOf(node: TemplateNode, scope: TemplateScope): TemplateText {
  const known = texts.get(scope) ?? new Map<TemplateNode, TemplateText>();
  texts.set(scope, known);
  const text = known.get(node) ?? readText(node, scope);
  known.set(node, text);
  return text;
}

/** Owner: this module; lives as long as the scope. Aliases make nodes shared: each is read once. */
const texts = new WeakMap<TemplateScope, Map<TemplateNode, TemplateText>>();

function readText(node: TemplateNode, scope: TemplateScope): TemplateText {
  if (node.kind === 'scalar') return withoutDynamicReferences(node.text, scope);
  const intrinsic = intrinsicOf(node);
  return (intrinsic && called(intrinsic, scope)) ?? holeOf(node, scope);
}

function called({ name, argument }: Intrinsic, scope: TemplateScope): TemplateText | null {
  switch (name) {
    case 'Ref': {
      const id = plainText(argument);
      return id === null ? null : referred(id, scope);
    }
    case 'Fn::GetAtt': {
      const attribute = argument.kind === 'list' ? plainTexts(argument.items)?.join('.') : plainText(argument);
      return typeof attribute === 'string' ? [{ hole: attributeHole(scope.path, attribute) }] : null;
    }
    case 'Fn::Sub':
      return substituted(argument, scope);
    case 'Fn::Join':
      return joined(argument, scope);
    case 'Fn::Select':
      return selected(argument, scope);
    case 'Fn::FindInMap':
      return mapped(argument, scope);
    case 'Fn::ImportValue': {
      const exported = knownText(textOf(argument, scope));
      return exported === null ? null : [{ hole: importHole(exported) }];
    }
    case 'Fn::If': {
      const [one, two] = argument.kind === 'list' ? argument.items.slice(1).map((branch) => knownText(textOf(branch, scope))) : [];
      return typeof one === 'string' && one === two ? [one] : null;
    }
    default:
      return null;
  }
}

function referred(id: string, scope: TemplateScope): TemplateText {
  const allowed = valueOf(scope.template, 'Parameters', id, 'AllowedValues');
  const only = allowed?.kind === 'list' && allowed.items.length === 1 && allowed.items[0]?.kind === 'scalar' ? allowed.items[0].text : null;
  return only ?? scope.nameOfBucket(id) ?? [{ hole: parameterHole(scope.path, id) }];
}

function substituted(argument: TemplateNode, scope: TemplateScope): TemplateText | null {
  const [pattern, variables] = argument.kind === 'list' ? argument.items : [argument];
  if (pattern?.kind !== 'scalar') return null;
  const text = pattern.text.flatMap((piece): TemplateText[] => {
    if (typeof piece !== 'string') return [[piece]];
    return piece.split(/(\$\{[^}]*\})/).map((part): TemplateText => {
      const name = /^\$\{([^}]*)\}$/.exec(part)?.[1]?.trim();
      if (name === undefined) return [part];
      if (name.startsWith('!')) return [`\${${name.slice(1)}}`];
      const variable = valueOf(variables, name);
      if (variable) return textOf(variable, scope);
      return name.includes('.') ? [{ hole: attributeHole(scope.path, name) }] : referred(name, scope);
    });
  });
  return withoutDynamicReferences(joinTexts(text), scope);
}

function joined(argument: TemplateNode, scope: TemplateScope): TemplateText | null {
  const [delimiter, parts] = argument.kind === 'list' ? argument.items : [];
  if (delimiter?.kind !== 'scalar' || parts?.kind !== 'list') return null;
  return joinTexts(parts.items.flatMap((part, index) => (index === 0 ? [textOf(part, scope)] : [delimiter.text, textOf(part, scope)])));
}

function selected(argument: TemplateNode, scope: TemplateScope): TemplateText | null {
  const [index, list] = argument.kind === 'list' ? argument.items : [];
  if (!index || list?.kind !== 'list') return null;
  const item = list.items[Number(knownText(textOf(index, scope)) ?? NaN)];
  return item ? textOf(item, scope) : null;
}

function mapped(argument: TemplateNode, scope: TemplateScope): TemplateText | null {
  const keys = argument.kind === 'list' ? argument.items.slice(0, 3).map((key) => knownText(textOf(key, scope))) : [];
  const [map, first, second] = keys;
  if (typeof map !== 'string' || typeof first !== 'string' || typeof second !== 'string') return null;
  const value = valueOf(scope.template, 'Mappings', map, first, second);
  return value?.kind === 'scalar' ? value.text : null;
}

/** `{{resolve:ssm:/uploads/bucket}}` is looked up by the deployment. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html */
function withoutDynamicReferences(text: TemplateText, scope: TemplateScope): TemplateText {
  return joinTexts(
    text.map((piece) =>
      typeof piece !== 'string' ? [piece] : piece.split(/(\{\{resolve:[^}]*\}\})/).map((part) => (part.startsWith('{{resolve:') ? { hole: `${scope.path}: ${part}` } : part)),
    ),
  );
}

/** One expression gives one text throughout a deployment of its template. */
function holeOf(node: TemplateNode, scope: TemplateScope): TemplateText {
  const written: string[] = [];
  return write(node, written) ? [{ hole: `${scope.path}: ${written.join('')}` }] : unknownText;
}

/** Aliases can make a small template a huge expression: what takes this many steps to write is like no other. */
const maximumSteps = 200;

function write(node: TemplateNode, written: string[]): boolean {
  if (written.length > maximumSteps || node.kind === 'unread') return false;
  if (node.kind === 'scalar') return written.push(JSON.stringify(node.text)) > 0 && node.text.every((piece) => typeof piece === 'string' || piece.hole !== null);
  written.push(node.kind);
  if (node.kind === 'list') return node.items.every((item) => write(item, written)) && written.push(']') > 0;
  return [...node.entries].every(([key, { value }]) => written.push(key) > 0 && write(value, written)) && written.push('}') > 0;
}

function plainText(node: TemplateNode): string | null {
  return node.kind === 'scalar' ? knownText(node.text) : null;
}

function plainTexts(nodes: readonly TemplateNode[]): readonly string[] | null {
  const texts = nodes.map(plainText);
  return texts.every((text) => text !== null) ? texts : null;
}
