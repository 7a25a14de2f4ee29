import type { ModuleInstance, Resource } from './module-instance.js';
import { attributeOf, attributeText, nestedBlocks, type NestedBlock } from './repetitions.js';
import type { Body } from './syntax.js';
import { valueOf, type Scope } from './evaluate.js';
import { identityOf, joined, knownText, unknown, type Value } from './value.js';

/**
 * @param modules every module of every configuration
 * @returns the environment variables that carry a value to code, by the identity of that value
 */
export function environmentOf(modules: readonly ModuleInstance[]): ReadonlyMap<string, ReadonlySet<string>> {
  const carried = new Map<string, Set<string>>();
  const carriers = modules.flatMap((module) => [...module.resources().flatMap(variablesOfResource), ...module.unread().flatMap(variablesOfCall)]);
  for (const [name, value] of carriers) {
    const identity = identityOf(value);
    if (identity === null) continue;
    const names = carried.get(identity) ?? new Set();
    carried.set(identity, names.add(name));
  }
  return carried;
}

type Variable = readonly [name: string, value: Value];

/** Attributes that hold environment variables, as an object or as a list of names and values. */
const holders: ReadonlySet<string> = new Set(['environment', 'environment_variables', 'environment_vars', 'env_vars', 'map_environment', 'runtime_environment_variables']);

/** Attributes that hold containers with an environment of their own, most often as JSON. */
const containers: ReadonlySet<string> = new Set(['container_definitions', 'container_properties', 'ecs_properties', 'node_properties']);

/**
 * Lambda, ECS, Batch, CodeBuild, App Runner, Amplify, Elastic Beanstalk: they call it one of few things, and no other
 * resource of the provider calls anything else so.
 *
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lambda_function#environment
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecs_task_definition#container_definitions
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/codebuild_project#environment
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/apprunner_service
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/elastic_beanstalk_environment#option-settings
 */
const variablesOfResource = ({ type, body, scope }: Resource): readonly Variable[] => (type.startsWith('aws_') ? variablesIn(body, scope) : []);

function variablesIn(body: Body, scope: Scope): readonly Variable[] {
  const held = [...body.attributes].flatMap(([name, expression]): readonly Variable[] => {
    if (holders.has(name)) return pairsOf(valueOf(expression, scope));
    return containers.has(name) ? variablesWithin(decoded(valueOf(expression, scope))) : [];
  });
  const types = new Set(body.blocks.map((block) => (block.type === 'dynamic' ? (block.labels[0] ?? '') : block.type)));
  const nested = [...types].flatMap((type) => nestedBlocks(body, type, scope).flatMap((block) => [...variablesOfBlock(type, block), ...variablesIn(block.body, block.scope)]));
  return [...held, ...nested];
}

function variablesOfBlock(type: string, { body, scope }: NestedBlock): readonly Variable[] {
  if (type === 'environment') {
    const variables = attributeOf(body, 'variables', scope);
    return variables ? pairsOf(variables) : [];
  }
  const named = type === 'environment_variable' || (type === 'setting' && attributeText(body, 'namespace', scope) === 'aws:elasticbeanstalk:application:environment');
  const [name, value] = [attributeText(body, 'name', scope), attributeOf(body, 'value', scope)];
  return named && name !== null && value ? [[name, value]] : [];
}

/** A module that is not in the project: what it does with an argument of that name is not in doubt. */
const variablesOfCall = ({ body, scope }: Resource): readonly Variable[] =>
  [...body.attributes].flatMap(([name, expression]) => {
    if (holders.has(name)) return pairsOf(valueOf(expression, scope));
    return /container|service|task|function/.test(name) ? variablesWithin(decoded(valueOf(expression, scope))) : [];
  });

/** The environments of containers, however deep they stand. */
function variablesWithin(value: Value): readonly Variable[] {
  if (value.kind === 'list') return [...value.elements, ...(value.rest ? [value.rest.value] : [])].flatMap(variablesWithin);
  if (value.kind !== 'object') return [];
  return [...value.entries].flatMap(([key, member]) => (holders.has(key) ? pairsOf(decoded(member)) : variablesWithin(member)));
}

/** `{ NAME = value }`, or `[{ name = "NAME", value = … }]` as ECS has it. */
function pairsOf(value: Value): readonly Variable[] {
  if (value.kind === 'object') return [...value.entries];
  if (value.kind !== 'list') return [];
  return value.elements.flatMap((element): readonly Variable[] => {
    if (element.kind !== 'object') return [];
    const name = knownText(element.entries.get('name') ?? unknown(null));
    const given = element.entries.get('value');
    return name !== null && given ? [[name, given]] : [];
  });
}

/** JSON as the value that it was made of: by `jsonencode`, or written out with interpolations. */
function decoded(value: Value): Value {
  if (value.kind === 'json') return value.value;
  return value.kind === 'text' ? (parsedText(value.pieces) ?? value) : value;
}

/** A number that no container definition holds: it may stand for a hole both inside of quotes and outside of them. */
const placeholder = (index: number): string => `7310962${String(index).padStart(5, '0')}85`;
const placeholders = /7310962(\d{5})85/;

function parsedText(pieces: readonly (string | Value)[]): Value | null {
  const text = pieces.map((piece, index) => (typeof piece === 'string' ? piece : placeholder(index))).join('');
  if (!/^\s*[[{]/.test(text)) return null;
  try {
    return fromJson(JSON.parse(text), pieces);
  } catch {
    // A template that is no JSON before its holes are filled: what it holds stays unknown.
    return null;
  }
}

function fromJson(json: unknown, pieces: readonly (string | Value)[]): Value {
  if (Array.isArray(json)) return { kind: 'list', elements: json.map((element) => fromJson(element, pieces)), rest: null };
  if (typeof json === 'object' && json !== null) {
    return { kind: 'object', entries: new Map(Object.entries(json).map(([key, member]) => [key, fromJson(member, pieces)])), rest: null };
  }
  if (typeof json === 'boolean' || json === null) return { kind: 'literal', value: json };
  const parts = (typeof json === 'string' ? json : JSON.stringify(json)).split(placeholders);
  const value = joined(parts.map((part, index) => (index % 2 === 0 ? part : (pieces[Number(part)] ?? unknown(null)))));
  return decoded(value);
}
