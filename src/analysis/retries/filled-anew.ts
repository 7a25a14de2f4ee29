import { bindingsOf, memberPath, type Variable } from '../../calls/bindings.js';
import { calledFunctions } from '../../calls/called-functions.js';
import { originsOf } from '../../calls/origins.js';
import { getOrMake, perFile } from '../../calls/per-file.js';
import { s3CallAt } from '../../calls/s3-calls.js';
import { contains, methodName, propertyName, unwrap, walk, wrapped, type CallLike, type Node, type SourceCode } from '../../calls/syntax.js';
import { namedLikeDelay } from '../../libraries/delay-functions.js';
import { onlyLogs } from '../trails/runner.js';
import { functionsRunBy, type RunAnew } from './run-anew.js';

const maximumDepth = 3;

/**
 * @param member what an attempt reads from an object: `doc.etag`
 * @param anew what each attempt runs again
 * @param sourceCode the file
 * @returns whether an attempt may put something else there: `await reload(doc)`, `doc.refresh()`
 */
export function isPutIntoAnew(member: Node, anew: RunAnew, sourceCode: SourceCode): boolean {
  const path = memberPath(member);
  if (!path) return true;
  if (path.root.type === 'ThisExpression') return anew.pieces.some((piece) => setsOwn(path.path[0], piece, sourceCode)) || anew.calls.some((call) => mayChangeThis(call, sourceCode));
  const variable = path.root.type === 'Identifier' ? bindingsOf(sourceCode).variableOf(path.root) : null;
  // `process.env`, a call: something else has looked at it.
  if (!variable) return false;
  const runsHanded = !isMadeHere(variable, sourceCode) && anew.calls.some((call) => isUnseen(call, anew, sourceCode));
  const isSet = bindingsOf(sourceCode).memberWritesOf(variable).some((write) => anew.holds(write.node));
  return runsHanded || isSet || anew.pieces.some((piece) => isPutInto(variable, piece, sourceCode, 0));
}

/** The answer of S3, or an object of this very place: who is not handed it does not have it. */
function isMadeHere(variable: Variable, sourceCode: SourceCode): boolean {
  const definitions = bindingsOf(sourceCode).definitionsOf(variable);
  return definitions.length > 0 && definitions.every((definition) => {
    if (definition.kind !== 'value') return false;
    const origins = originsOf({ node: definition.value, frame: null }, sourceCode);
    return origins.length > 0 && origins.every(({ node }) => node.type === 'ObjectExpression' || s3CallAt(node, sourceCode) !== null);
  });
}

/** `this.sequence++` */
const setsOwn = (name: string | undefined, piece: Node, sourceCode: SourceCode): boolean =>
  name !== undefined && getOrMake(ownSettings(sourceCode), piece, () => ownSetIn(piece, sourceCode)).has(name);

/** The members of `this` that each piece of code sets. */
const ownSettings = perFile(() => new Map<Node, ReadonlySet<string>>());

function ownSetIn(piece: Node, sourceCode: SourceCode): ReadonlySet<string> {
  const names = new Set<string>();
  walk(piece, sourceCode, (node) => {
    const target = node.type === 'UpdateExpression' ? node.argument : node.type === 'AssignmentExpression' ? node.left : null;
    const path = target && memberPath(target);
    const [name] = path?.root.type === 'ThisExpression' ? path.path : [];
    if (name !== undefined) names.add(name);
  });
  return names;
}

/** `super.load()`, `Object.assign(this, …)`, a method that is not seen. */
function mayChangeThis(call: CallLike, sourceCode: SourceCode): boolean {
  if (call.arguments.some(({ type }) => type === 'ThisExpression')) return true;
  const callee = unwrap(call.callee);
  if (callee.type !== 'MemberExpression' || !/^(?:This|Super)/.test(callee.object.type)) return callee.type === 'Super';
  return !onlyLogs(call.callee, sourceCode) && !namedLikeDelay.test(propertyName(callee) ?? '') && calledFunctions(call, null, sourceCode).length === 0;
}

/** A call of a function that the one around the attempts was handed, and that may do anything. */
function isUnseen(call: CallLike, anew: RunAnew, sourceCode: SourceCode): boolean {
  const callee = unwrap(call.callee);
  const [definition] = callee.type === 'Identifier' ? bindingsOf(sourceCode).definitionsAt(callee) : [];
  if (callee.type !== 'Identifier' || definition?.kind !== 'parameter' || anew.holds(definition.function)) return false;
  return !namedLikeDelay.test(callee.name) && !onlyLogs(callee, sourceCode) && functionsRunBy(call, sourceCode).length === 0;
}

/**
 * @param node what holds an input, or a command made of one
 * @param anew what each attempt runs again
 * @param sourceCode the file
 * @returns whether an attempt may put something else into it: `command.input.IfMatch = …`, `refresh(input)`
 */
export function isFilledAnew(node: Node, anew: RunAnew, sourceCode: SourceCode): boolean {
  const bindings = bindingsOf(sourceCode);
  const held = node.type === 'Identifier' ? node : node.parent?.type === 'VariableDeclarator' && node.parent.init === node ? node.parent.id : null;
  const variable = held && bindings.variableOf(held);
  if (!variable) return false;
  return bindings.memberWritesOf(variable).some((write) => write.path.length > 1 && anew.holds(write.node)) || anew.pieces.some((piece) => isPutInto(variable, piece, sourceCode, 0));
}

/** Methods that put nothing into what they are called on; the last ones start, watch and end an `Upload`. */
const reading = /^(?:get|has|toJSON|toString|done|on|once|off|abort)$/;

function isPutInto(variable: Variable, piece: Node, sourceCode: SourceCode, depth: number): boolean {
  return variable.references.some(({ identifier }) => {
    if (!contains(piece, identifier)) return false;
    const { parent } = identifier;
    if (parent.type === 'MemberExpression' && parent.object === identifier) {
      const outer = wrapped(parent);
      return outer.parent?.type === 'CallExpression' && unwrap(outer.parent.callee) === parent && !reading.test(methodName(outer.parent) ?? '');
    }
    // `reload({ doc })`
    const given = parent.type === 'Property' && parent.value === identifier ? parent.parent : identifier;
    const call = given.parent;
    if ((call.type !== 'CallExpression' && call.type !== 'NewExpression') || call.callee === given) return false;
    return mayPutInto(call, given, sourceCode, depth);
  });
}

/** Names of what brings an object up to date. */
const renewing = /(?:load|fetch|refresh|sync|update|renew|pull|read|merge|rebase)\w*$/i;

function mayPutInto(call: CallLike, given: Node, sourceCode: SourceCode, depth: number): boolean {
  const callee = unwrap(call.callee);
  const index = call.arguments.findIndex((argument) => argument === given);
  const root = callee.type === 'MemberExpression' ? unwrap(callee.object) : callee;
  if (root.type === 'Identifier' && bindingsOf(sourceCode).isGlobal(root)) return root.name === 'Object' && methodName(call) === 'assign' && index === 0;
  if (call.type === 'NewExpression' || s3CallAt(call, sourceCode) || onlyLogs(call.callee, sourceCode)) return false;
  const called = calledFunctions(call, null, sourceCode);
  // Who only reads what it is given gives something back for it.
  if (called.length === 0 || depth >= maximumDepth) return wrapped(call).parent?.type === 'ExpressionStatement' || renewing.test(sourceCode.getText(callee));
  return called.some((taker) => {
    const parameter = taker.params[index];
    const variable = parameter?.type === 'Identifier' ? bindingsOf(sourceCode).variableOf(parameter) : null;
    if (!variable) return parameter !== undefined && (given.type === 'ObjectExpression' || parameter.type !== 'ObjectPattern');
    return bindingsOf(sourceCode).memberWritesOf(variable).length > 0 || isPutInto(variable, taker.body, sourceCode, depth + 1);
  });
}
