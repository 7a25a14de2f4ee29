import { derivationOf } from '../analysis/derivation.js';
import { stepsTo } from '../analysis/parting.js';
import { preconditionOf } from '../analysis/precondition.js';
import { bucketOf, keyOf, type CallPlace } from '../analysis/same-object.js';
import { bindingsOf } from '../calls/bindings.js';
import { contextsOf } from '../calls/callers.js';
import { isOwn } from '../calls/linked-source.js';
import type { Frame, Place } from '../calls/frames.js';
import { originsOf } from '../calls/origins.js';
import { inputProperty, inputShape } from '../calls/s3-call.js';
import { s3CallsOf } from '../calls/s3-calls.js';
import { contains, enclosingFunction, isFunction, propertyName, type FunctionNode, type Node, type SourceCode } from '../calls/syntax.js';
import { renderText, unnamed, type Text } from '../calls/text.js';
import { wordsAt } from '../calls/words.js';
import type { WrapperEffect, WrapperFact } from '../facts/facts.js';

/** A function of a file whose arguments reach S3, or whose answer comes from there. */
export interface Wrapper {
  readonly node: FunctionNode;
  readonly fact: WrapperFact;
}

/**
 * @param path the file's path
 * @param sourceCode the file, linked to what it imports
 * @returns its functions that read from S3, and those that write or delete what their callers say
 */
export function wrappersOf(path: string, sourceCode: SourceCode): readonly Wrapper[] {
  const effects = new Map<FunctionNode, Map<string, WrapperEffect>>();
  for (const call of s3CallsOf(sourceCode)) {
    const { effect } = call.operation;
    const does = effect === 'list' ? 'check' : effect;
    if (does !== 'read' && does !== 'write' && does !== 'delete' && does !== 'check') continue;
    for (const frame of contextsOf(call.node, sourceCode)) {
      const place = { call, frame };
      const outermost = outermostPlace(place, sourceCode);
      const entered = outermost && outermostFunction(outermost.node);
      const at = entered ? outermost : { node: call.node, frame };
      const wrapper = entered ?? (isOwn(call.node, sourceCode) ? madeAtTop(call.node, frame) : null);
      if (!wrapper || !concernsCallers(wrapper, place, sourceCode)) continue;
      const [bucket, key] = [bucketOf(place, sourceCode), keyOf(place, sourceCode)];
      const found: WrapperEffect = {
        operation: call.operation.name,
        does,
        bucket: bucket && said(bucket, at, sourceCode),
        key: key && said(key, at, sourceCode),
        condition: conditionOf(place, sourceCode),
      };
      const ofWrapper = effects.get(wrapper) ?? new Map<string, WrapperEffect>();
      effects.set(wrapper, ofWrapper.set(JSON.stringify(found), found));
    }
  }
  return [...effects].map(([node, found]) => ({
    node,
    fact: { module: path, name: nameOf(node), line: node.loc.start.line, effects: [...found].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, effect]) => effect) },
  }));
}

/** A text in the words of a wrapper: its parameters, and what its module has; null where nothing of it can be said. */
function said(text: Text, at: Place, sourceCode: SourceCode): string | null {
  const words = renderText(text, (hole) => wordsAt(hole, at, sourceCode));
  return words === unnamed ? null : words;
}

/** Where the file has an S3 call at first: the call itself, or what leads to it from the function that is called from outside. */
function outermostPlace({ call, frame }: CallPlace, sourceCode: SourceCode): Place | null {
  let place: Place | null = isOwn(call.node, sourceCode) ? { node: call.node, frame } : null;
  for (let open = frame; open; open = open.caller) if (isOwn(open.call, sourceCode)) place = { node: open.call, frame: open.caller };
  return place;
}

function outermostFunction(node: Node): FunctionNode | null {
  let outermost: FunctionNode | null = null;
  for (let outer = enclosingFunction(node); outer; outer = enclosingFunction(outer)) outermost = outer;
  return outermost;
}

/** What a factory gave back that is called at the top of the module: `export const { get, put } = createStorage()`. */
function madeAtTop(node: Node, frame: Frame | null): FunctionNode | null {
  let made: FunctionNode | null = null;
  for (let outer = enclosingFunction(node); outer && outer !== frame?.function; outer = enclosingFunction(outer)) made = outer;
  return made;
}

/** Whether those who call a function have to do with an S3 call in it: they say what it does, or learn what it answers. */
function concernsCallers(wrapper: FunctionNode, place: CallPlace, sourceCode: SourceCode): boolean {
  const { effect } = place.call.operation;
  if (effect === 'write' || effect === 'delete') return isToldBy(wrapper, place, sourceCode) || preconditionOf(place.call, place.frame, sourceCode).kind === 'set';
  const returned = bindingsOf(sourceCode).returnsOf(wrapper);
  // `try { await head(key); return true; } catch { return false; }`: which answer it is says what was found.
  if (effect !== 'read') return returned.length > 0;
  return returned.some((value) => derivationOf({ node: value, frame: null }, 'value', sourceCode).calls.some(({ call }) => call === place.call) || saysWhetherThere(value, place, sourceCode));
}

/** Whether a function answers with a `true` or `false` that a read decided: who fetches an object only to see whether it is there has no use for it. */
function saysWhetherThere(value: Node, place: CallPlace, sourceCode: SourceCode): boolean {
  const flags = originsOf({ node: value, frame: null }, sourceCode).filter(({ node, path }) => path.length === 0 && node.type === 'Literal' && typeof node.value === 'boolean');
  if (flags.length === 0) return false;
  const steps = stepsTo(place);
  return flags.some(({ node }) => isInAttemptOf(node, steps)) || derivationOf({ node: value, frame: null }, 'decision', sourceCode).calls.some(({ call }) => call === place.call);
}

/** Whether a node stands in the same `try` as one of the steps to a call, or in what handles its failure. */
function isInAttemptOf(node: Node, steps: readonly Node[]): boolean {
  for (let outer = node.parent; outer && !isFunction(outer); outer = outer.parent) {
    if (outer.type === 'TryStatement' && steps.some((step) => contains(outer.block, step))) return true;
  }
  return false;
}

/** Whether the bucket, key or body of a call comes from an argument of a function, or of one within it. */
function isToldBy(wrapper: FunctionNode, { call, frame }: CallPlace, sourceCode: SourceCode): boolean {
  const bindings = bindingsOf(sourceCode);
  if (inputShape(call, frame, sourceCode).open === 'parameter') return true;
  return ['Bucket', call.operation.key, 'Body', 'CopySource'].some((name) => {
    const property = inputProperty(call, name, frame, sourceCode);
    return (
      property.kind === 'known' &&
      property.values.some((value) =>
        [...derivationOf(value, 'value', sourceCode).visited].some(
          (node) => node.type === 'ThisExpression' || bindings.definitionsAt(node).some((definition) => definition.kind === 'parameter' && contains(wrapper, definition.function)),
        ),
      )
    );
  });
}

/** Whether a condition goes with a call: always, never, or as the caller of the wrapper says. */
export function conditionOf({ call, frame }: CallPlace, sourceCode: SourceCode): WrapperEffect['condition'] {
  const precondition = preconditionOf(call, frame, sourceCode);
  if (precondition.kind === 'absent') return 'never';
  if (precondition.kind === 'unknown') return precondition.reason === 'parameter' ? 'caller' : 'unknown';
  const { properties } = inputShape(call, frame, sourceCode);
  const conditions = [...properties].filter(([name]) => call.operation.preconditions.includes(name)).map(([, property]) => property);
  const isGiven = conditions.some(({ values }) => values.some((value) => bindingsOf(sourceCode).definitionsAt(value.node).some(({ kind }) => kind === 'parameter')));
  return isGiven ? 'caller' : conditions.some(({ always }) => always) ? 'always' : 'unknown';
}

/** `putJson`, `Storage.put`, `default`. */
function nameOf(node: FunctionNode): string {
  const { parent } = node;
  if (parent.type === 'MethodDefinition' || parent.type === 'PropertyDefinition') {
    const owner = parent.parent.parent.id?.name;
    return [owner, propertyName(parent)].filter((name) => name !== null && name !== undefined).join('.');
  }
  if (node.type !== 'ArrowFunctionExpression' && node.id) return node.id.name;
  if (parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier') return parent.id.name;
  if (parent.type === 'Property') return propertyName(parent) ?? 'default';
  return 'default';
}
