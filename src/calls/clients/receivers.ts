import type { TSESTree } from '@typescript-eslint/utils';

import { annotatedAs } from '../annotations.js';
import { bindingsOf, unreadable, type Bindings } from '../bindings.js';
import { calledFunctions } from '../called-functions.js';
import { entityOf, isOwnFile, type Entity } from '../entities.js';
import { isOwn } from '../linked-source.js';
import type { Place } from '../frames.js';
import { originsOf, type Origin } from '../origins.js';
import { propertyOf, shapeOf } from '../shapes.js';
import { enclosingFunction, isClass, isFunction, isNothing, unwrap, type Node, type SourceCode } from '../syntax.js';
import { declaredClass } from '../types.js';

/** What an object is whose method is called. */
export type Receiver =
  | { readonly kind: 'v3' }
  | { readonly kind: 'v2'; readonly parameters: TSESTree.Expression | null }
  | { readonly kind: 'minio' }
  | { readonly kind: 'lent' } // comes from another file, or from a caller
  | { readonly kind: 'other' }; // made here, of something that is no S3 client

/**
 * @param entity a name of a module
 * @returns which client class it is, or null
 */
function clientClass({ module, path }: Entity): 'v3' | 'v2' | 'minio' | null {
  const name = path.join('.');
  if (module === '@aws-sdk/client-s3') return name === 'S3' ? 'v3' : null;
  if (module === 'minio') return name === 'Client' ? 'minio' : null;
  if (module === 'aws-sdk' || module === 'aws-sdk/clients/all' || module === 'aws-sdk/global') return name === 'S3' ? 'v2' : null;
  return module === 'aws-sdk/clients/s3' && name === '' ? 'v2' : null;
}

/**
 * @param call a method call
 * @param callee what is called
 * @param sourceCode its file
 * @returns what it is called on. A method whose code is known is the project's own: what it sends is seen there, not guessed here
 */
export function receiverOfCall(call: TSESTree.CallExpression, { object }: TSESTree.MemberExpression, sourceCode: SourceCode): Receiver {
  const receiver = receiverOf(object, sourceCode);
  return receiver.kind === 'lent' && calledFunctions(call, null, sourceCode).length > 0 ? { kind: 'other' } : receiver;
}

/**
 * @param node the object that a method is called on
 * @param sourceCode its file
 * @returns what it is: by where it comes from, by its annotation, or by its type
 */
export function receiverOf(node: Node, sourceCode: SourceCode): Receiver {
  const bindings = bindingsOf(sourceCode);
  const origins = originsOf({ node, frame: null }, sourceCode).flatMap((origin) => fromCallers(origin, bindings, sourceCode, 0));
  let lent = false;
  let other = false;
  for (const origin of origins) {
    if (origin.node.type === 'NewExpression' && origin.path.length === 0) {
      const made = originsOf({ node: origin.node.callee, frame: origin.frame }, sourceCode);
      for (const maker of made) {
        const found = ofClass(maker, origin.node, sourceCode);
        if (found) return found;
        const entity = entityOf(maker);
        // A client takes its configuration; what takes several things is a class of the project's own.
        if ((entity ? isOwnFile(entity.module) || (handsOn(entity) && !onlySends(entity)) : isOfUnseenSdk(maker)) && origin.node.arguments.length < 2) lent = true;
        else other = true;
      }
    } else if (origin.node.type === 'ThisExpression' && origin.path.length === 0) {
      const found = ofSubclass(origin.node, bindings, sourceCode);
      if (found) return found;
      other = true;
    } else if (comesFromElsewhere(origin, sourceCode) || isUnclear(origin, sourceCode)) {
      lent = true;
    } else if (!isNothing(origin.node)) {
      other = true;
    }
  }
  const annotations = [node, ...origins.map((origin) => origin.node)].flatMap((annotated) => annotatedAs(annotated, sourceCode));
  for (const entity of annotations) {
    const kind = clientClass(entity);
    if (kind) return kind === 'v2' ? { kind, parameters: null } : { kind };
    if (isOwnFile(entity.module) || handsOn(entity)) lent = true;
    else other = true;
  }
  const declared = declaredClass(node, sourceCode);
  const kind = declared && clientClass({ module: declared.module, path: [declared.module === 'minio' ? 'Client' : declared.name] });
  if (kind) return kind === 'v2' ? { kind, parameters: null } : { kind };
  return lent && !other && !declared ? { kind: 'lent' } : { kind: 'other' };
}

/**
 * @param maker where a class comes from
 * @param sourceCode the file
 * @returns whether its instances are S3 clients, those included that only send commands
 */
export function isClientClass(maker: Origin, sourceCode: SourceCode, depth = 0): boolean {
  const entity = entityOf(maker);
  if (entity) return clientClass(entity) !== null || (entity.module === '@aws-sdk/client-s3' && onlySends(entity));
  const parent = (maker.node.type === 'ClassDeclaration' || maker.node.type === 'ClassExpression') && maker.path.length === 0 ? maker.node.superClass : null;
  return parent !== null && depth < 5 && originsOf({ node: parent, frame: null }, sourceCode).some((origin) => isClientClass(origin, sourceCode, depth + 1));
}

/** `new S3Client({})`, under whatever name. */
export const makesClient = ({ node, frame }: Place, sourceCode: SourceCode): boolean =>
  node.type === 'NewExpression' && originsOf({ node: node.callee, frame }, sourceCode).some((maker) => isClientClass(maker, sourceCode));

/** Whether a name in a type, or the qualified name that it begins, is a client whose methods are S3's: `AWS.S3`. */
export function isClientType(name: TSESTree.Identifier, sourceCode: SourceCode): boolean {
  const below: string[] = [];
  for (let { parent } = name as Node; parent?.type === 'TSQualifiedName'; { parent } = parent) below.push(parent.right.name);
  return originsOf({ node: name, frame: null }, sourceCode, below).some((origin) => {
    const entity = entityOf(origin);
    return entity !== null && clientClass(entity) !== null;
  });
}

/** `new aws.sdk.S3()` of an SDK that a container hands out: a class that is not seen, under the name that it has in aws-sdk. */
const isOfUnseenSdk = ({ node, path }: Origin): boolean => path.at(-1) === 'S3' && !path.includes(unreadable) && !isClass(node) && node.type !== 'ObjectExpression';

/** `S3Client` of v3 has no methods of S3: it sends commands. */
const onlySends = ({ path }: Entity): boolean => path.join('.') === 'S3Client';

/** Whether a name comes from a package that hands the SDK on: `@acme/aws-sdk/client-s3`. */
export const handsOn = ({ module }: Entity): boolean => /^(?!@aws-sdk\/|[./]).*\/(?:aws-sdk|client-s3)(?:\/|$)/.test(module);

function ofClass(maker: Origin, made: TSESTree.NewExpression, sourceCode: SourceCode, depth = 0): Receiver | null {
  const entity = entityOf(maker);
  const kind = entity && clientClass(entity);
  if (!kind) {
    const parent = (maker.node.type === 'ClassDeclaration' || maker.node.type === 'ClassExpression') && maker.path.length === 0 ? maker.node.superClass : null;
    const [inherited] = parent ? originsOf({ node: parent, frame: null }, sourceCode) : [];
    return inherited && depth < 5 ? ofClass(inherited, made, sourceCode, depth + 1) : null;
  }
  if (kind !== 'v2') return { kind };
  const [options] = made.arguments;
  if (!options || options.type === 'SpreadElement') return { kind, parameters: null };
  const parameters = propertyOf(shapeOf({ node: options, frame: null }, sourceCode), 'params');
  const value = parameters.kind === 'known' ? parameters.values[0]?.node : undefined;
  return { kind, parameters: (value as TSESTree.Expression | undefined) ?? null };
}

function ofSubclass(self: TSESTree.ThisExpression, bindings: Bindings, sourceCode: SourceCode): Receiver | null {
  const owner = bindings.ownerOf(self);
  if (owner === 'file' || owner.type === 'ObjectExpression' || !owner.superClass) return null;
  for (const entity of originsOf({ node: owner.superClass, frame: null }, sourceCode).flatMap((origin) => entityOf(origin) ?? [])) {
    const kind = clientClass(entity);
    if (kind) return kind === 'v2' ? { kind, parameters: null } : { kind };
  }
  return null;
}

/** A parameter of a function of the file is what its callers in the file give it. */
function fromCallers(origin: Origin, bindings: Bindings, sourceCode: SourceCode, depth: number): readonly Origin[] {
  const [definition] = bindings.definitionsAt(origin.node);
  if (definition?.kind !== 'parameter' || depth > 2) return [origin];
  const name = nameOfFunction(definition.function);
  const called = name && bindings.variableOf(name);
  if (!called) return [origin];
  const given = called.references.flatMap(({ identifier }) => {
    const call = identifier.parent;
    if (call.type !== 'CallExpression' || call.callee !== identifier || enclosingFunction(call) === definition.function) return [];
    const argument = call.arguments[definition.index];
    if (!argument || argument.type === 'SpreadElement') return [];
    return originsOf({ node: argument, frame: null }, sourceCode, [...definition.path, ...origin.path]).flatMap((next) =>
      next.node === origin.node ? [] : fromCallers(next, bindings, sourceCode, depth + 1),
    );
  });
  return [origin, ...given];
}

/** The name that a function is called by. */
function nameOfFunction(node: Node): Node | null {
  if (node.type === 'FunctionDeclaration') return node.id;
  const { parent } = node;
  return parent?.type === 'VariableDeclarator' && parent.init === node ? parent.id : null;
}

/**
 * What another file makes in a way that does not say what it is: the answer of a container, a part of something that is
 * loaded. There a function of a package makes what that package is for, unless it is given a client: `traced(new S3())`.
 */
function isUnclear({ node, frame, path }: Origin, sourceCode: SourceCode): boolean {
  if (isOwn(node, sourceCode)) return false;
  if (path.length > 0) return true;
  if (node.type !== 'CallExpression') return false;
  const isOfPackage = originsOf({ node: node.callee, frame }, sourceCode).some((maker) => entityOf(maker) !== null);
  return !isOfPackage || node.arguments.some((argument) => originsOf({ node: argument, frame }, sourceCode).some((given) => makesClient(given, sourceCode)));
}

/** A parameter, a name of another file of the project, the result of a call of one, or a field that nobody sets here. */
function comesFromElsewhere(origin: Origin, sourceCode: SourceCode, seen: ReadonlySet<Node> = new Set()): boolean {
  const bindings = bindingsOf(sourceCode);
  const { node } = origin;
  const entity = entityOf(origin);
  if (entity) return isOwnFile(entity.module) || handsOn(entity);
  if (node.type === 'Identifier') {
    const variable = bindings.variableOf(node);
    return variable ? bindings.definitionsOf(variable).some((definition) => definition.kind === 'parameter' || definition.kind === 'nothing') : false;
  }
  if (node.type === 'ThisExpression') return origin.path.length > 0;
  if (node.type === 'CallExpression') {
    // `text = text.concat(part)` is made of itself.
    const made = new Set([...seen, node]);
    return originsOf({ node: unwrap(node.callee), frame: origin.frame }, sourceCode).some((maker) => !isFunction(maker.node) && !made.has(maker.node) && comesFromElsewhere(maker, sourceCode, made));
  }
  return false;
}
