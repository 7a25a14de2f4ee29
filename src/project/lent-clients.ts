import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf, memberPath, type Variable } from '../calls/bindings.js';
import { isClientClass, isClientType, makesClient } from '../calls/clients/receivers.js';
import { isOwn } from '../calls/linked-source.js';
import type { Place } from '../calls/frames.js';
import { originsOf } from '../calls/origins.js';
import { isFunction, propertyName, unwrap, walk, wrapped, type Node, type SourceCode } from '../calls/syntax.js';
import { valueAtTop } from './value-at-top.js';

/**
 * Where a module lends S3 clients to those who import it: `export const s3 = new S3()`, `export const config = { s3 }`,
 * `export const getClient = () => new S3Client({})`, `class Aws { static s3 = new S3() }`, `interface Deps { s3: AWS.S3 }`.
 *
 * Such a module sends nothing and is no wrapper, but only it says whether `s3.putObject(…)` elsewhere is one of aws-sdk v2,
 * which knows no `IfMatch`. What merely uses a client lends none.
 *
 * @param sourceCode a file, linked to what it imports
 * @returns its nodes that make clients or hand them on, at the top of the module
 */
export function lentClients(sourceCode: SourceCode): readonly Node[] {
  const lent = new Set<Node>();
  const followed = new Set<Variable>();
  const pending = [...clientsMade(sourceCode), ...importedNames(sourceCode).flatMap((name) => clientsNamed(name, sourceCode))];
  for (let node = pending.pop(); node; node = pending.pop()) {
    const top = valueAtTop(node, (call) => lendsClient({ node: call, frame: null }, sourceCode));
    const variables = top ? variablesOf(top, sourceCode) : [];
    if (!top || (top.type === 'AssignmentExpression' && variables.length === 0 && !isSeen(top))) continue;
    lent.add(top);
    for (const variable of variables) {
      if (followed.has(variable)) continue;
      followed.add(variable);
      for (const identifier of variable.identifiers) lent.add(identifier);
      for (const { identifier } of variable.references) pending.push(...handedOn(identifier, sourceCode));
    }
  }
  return [...lent];
}

/**
 * @param place an expression
 * @param sourceCode its file, linked to what it imports
 * @returns whether it is an S3 client, an object that holds one, or a function that gives one
 */
export function lendsClient(place: Place, sourceCode: SourceCode, depth = 0): boolean {
  const inside = (node: Node, frame: Place['frame']): boolean => depth < deepest && lendsClient({ node, frame }, sourceCode, depth + 1);
  return originsOf(place, sourceCode).some((origin) => {
    const { node, frame, path } = origin;
    if (path.length > 0) return false;
    if (makesClient(origin, sourceCode)) return true;
    if (node.type === 'ObjectExpression') return node.properties.some((property) => property.type === 'Property' && inside(property.value, frame));
    return isFunction(node) && bindingsOf(sourceCode).returnsOf(node).some((returned) => inside(returned, null));
  });
}

/**
 * @param name a name in a type
 * @param sourceCode its file, linked to what it imports
 * @returns whether it is a client of the SDK, or a type of another module that is made of one: `type Client = AWS.S3`
 */
export function namesClient(name: Node, sourceCode: SourceCode): boolean {
  if (name.type !== 'Identifier') return false;
  return isClientType(name, sourceCode) || originsOf({ node: name, frame: null }, sourceCode).some(({ node }) => {
    let found = false;
    if (node.type === 'TSTypeAliasDeclaration' || node.type === 'TSInterfaceDeclaration') walk(node, sourceCode, (inner) => (found ||= isInType(inner) && inner.type === 'Identifier' && isClientType(inner, sourceCode)));
    return found;
  });
}

/** How deep in objects a client is looked for: `config.aws.s3`. */
const deepest = 3;

const clientsMade = (sourceCode: SourceCode): readonly Node[] =>
  bindingsOf(sourceCode).calls.filter((call) => call.type === 'NewExpression' && isOwn(call, sourceCode) && staysAtTop(call) && lendsClient({ node: call, frame: null }, sourceCode));

/** The uses of the names that a file imports. */
function importedNames(sourceCode: SourceCode): readonly Node[] {
  const bindings = bindingsOf(sourceCode);
  const specifiers = sourceCode.ast.body.flatMap((statement) => (statement.type === 'ImportDeclaration' && isOwn(statement, sourceCode) ? statement.specifiers : []));
  return specifiers.flatMap(({ local }) => bindings.variableOf(local)?.references ?? []).map(({ identifier }) => identifier);
}

/** The client that an imported name stands for: as a type, as a base class, or made in the module that it comes from. */
function clientsNamed(name: Node, sourceCode: SourceCode): readonly Node[] {
  if (isInType(name)) return namesClient(name, sourceCode) ? [name] : [];
  const chain = chainOf(name);
  if (!staysAtTop(chain)) return [];
  const place = { node: chain, frame: null };
  if (chain.parent?.type === 'ClassDeclaration') return originsOf(place, sourceCode).some((origin) => isClientClass(origin, sourceCode)) ? [chain] : [];
  const isLinked = originsOf({ node: name, frame: null }, sourceCode).some(({ node }) => !isOwn(node, sourceCode));
  return isLinked && lendsClient(place, sourceCode) ? [chain] : [];
}

/** What a use of a name that lends a client makes of it: itself, an instance, or a part or an answer that lends one too. */
function handedOn(name: Node, sourceCode: SourceCode): readonly Node[] {
  const chain = chainOf(name);
  const isWhole = chain === name || (chain.type === 'NewExpression' && unwrap(chain.callee) === name);
  return isWhole || (staysAtTop(chain) && lendsClient({ node: chain, frame: null }, sourceCode)) ? [chain] : [];
}

/** Most values go no further than the function that uses them: what they are need not be asked. */
const staysAtTop = (value: Node): boolean => valueAtTop(value, () => true) !== null;

/** Whether a name stands in a type. */
export const isInType = ({ parent }: Node): boolean => parent?.type === 'TSTypeReference' || parent?.type === 'TSQualifiedName';

/** `config.aws.s3`, `getClient()`, `new Clients().s3`: all that is read from a name and called on it. */
function chainOf(name: Node): Node {
  let chain = name;
  for (let outer = wrapped(chain).parent; outer; outer = wrapped(chain).parent) {
    const inner = wrapped(chain);
    const goesOn = outer.type === 'MemberExpression' ? outer.object === inner : (outer.type === 'CallExpression' || outer.type === 'NewExpression') && outer.callee === inner;
    if (!goesOn) break;
    chain = outer;
  }
  return chain;
}

/** The variables of the module that a value becomes, or becomes a part of: `let s3; … s3 = new S3()`, `clients.s3 = new S3()`. */
function variablesOf(top: Node, sourceCode: SourceCode): readonly Variable[] {
  const bindings = bindingsOf(sourceCode);
  const set = top.type === 'AssignmentExpression' ? memberPath(top.left)?.root : null;
  const variable = set && bindings.variableOf(set);
  const declared = set === null ? (sourceCode.scopeManager?.getDeclaredVariables(top) ?? []) : variable ? [variable] : [];
  return declared.filter(({ scope, defs }) => /^(?:module|global)$/.test(scope.type) && defs.every(({ type }) => !/^Import/.test(type)));
}

/** `exports.s3 = …` and `this.s3 = …` are seen from outside; a variable of a function is not. */
function isSeen({ left, parent }: TSESTree.AssignmentExpression): boolean {
  const target = memberPath(left);
  const [name] = target?.path ?? [];
  if (target?.root.type !== 'ThisExpression') return name !== undefined && parent.parent?.type === 'Program';
  let owner: Node | undefined = parent;
  while (owner && owner.type !== 'ClassBody') owner = owner.parent;
  return !(owner?.body ?? []).some((member) => member.type === 'PropertyDefinition' && propertyName(member) === name && member.accessibility === 'private') && !name?.startsWith('#');
}
