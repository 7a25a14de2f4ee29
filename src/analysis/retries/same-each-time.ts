import { bindingsOf, type Variable } from '../../calls/bindings.js';
import { contextsOf } from '../../calls/callers.js';
import { calledFunctions } from '../../calls/called-functions.js';
import type { Frame, Place } from '../../calls/frames.js';
import { originsOf } from '../../calls/origins.js';
import { inputProperty, type S3Call } from '../../calls/s3-call.js';
import { contains, isFunction, unwrap, walk, type FunctionNode, type Node, type SourceCode } from '../../calls/syntax.js';
import type { Repeat } from './repeats.js';
import { isInvariant } from '../iteration-invariant.js';
import { answersForBucket } from '../conflicts/conflicting-call.js';

/**
 * Whether each attempt surely writes the same object by way of the same client. Who tries another key, bucket or store
 * after a conflict does not meet the same writers again.
 */
export function isSameEachTime(write: S3Call, repeat: Repeat, sourceCode: SourceCode): boolean {
  const body = repeatedBody(repeat);
  const changed = changedParameters(repeat, sourceCode);
  const same = (frame: Frame | null, within: Node): boolean => placesOf(write, frame, sourceCode).every(({ place, role }) => isInvariant(place, role, within, place.frame, sourceCode) && !leansOn(place, changed, sourceCode));
  if (contains(body, write.node)) return same(null, body);
  const frames = contextsOf(write.node, sourceCode).filter((frame) => passes(frame, body));
  if (frames.length > 0) return frames.every((frame) => same(frame, body));
  const handed = handedTo(body, write.node, sourceCode);
  return same(null, handed ?? body);
}

/** What may differ from one attempt to the next: of a function that calls itself, the parameters are looked at one by one. */
function repeatedBody(repeat: Repeat): Node {
  switch (repeat.kind) {
    case 'loop':
      return repeat.node;
    case 'recursion':
    case 'timer':
      return repeat.repeated.body;
    case 'library':
      return repeat.region;
  }
}

/** What names the object and the store. */
function placesOf(write: S3Call, frame: Frame | null, sourceCode: SourceCode): readonly { readonly place: Place; readonly role: 'client' | 'bucket' | 'key' }[] {
  const named = (name: string, role: 'bucket' | 'key') => {
    const property = inputProperty(write, name, frame, sourceCode);
    return property.kind === 'known' ? property.values.map((place) => ({ place, role })) : [];
  };
  const clients = write.receivers.map((node) => ({ place: { node, frame }, role: 'client' as const }));
  return [...named('Bucket', 'bucket'), ...(answersForBucket(write) ? [] : named(write.operation.key, 'key')), ...clients];
}

const passes = (frame: Frame | null, body: Node): boolean => frame !== null && (contains(body, frame.call) || passes(frame.caller, body));

/** The function around a write that is handed to the retry: `withRetry(() => put(key))`. */
function handedTo(body: Node, write: Node, sourceCode: SourceCode): FunctionNode | null {
  for (let outer = write.parent; outer && !contains(outer, body); outer = outer.parent) {
    const handed = outer;
    if (!isFunction(handed)) continue;
    const isHanded = bindingsOf(sourceCode).calls.some(
      (call) =>
        call.arguments.some((argument) => argument === handed || originsOf({ node: argument, frame: null }, sourceCode).some(({ node }) => node === handed)) &&
        calledFunctions(call, null, sourceCode).some((called) => contains(called, body)),
    );
    if (isHanded) return handed;
  }
  return null;
}

/** The parameters of a function that is called again with something else in their place. */
function changedParameters(repeat: Repeat, sourceCode: SourceCode): ReadonlySet<Variable> {
  const changed = new Set<Variable>();
  if (repeat.kind !== 'recursion' && repeat.kind !== 'timer') return changed;
  const { variableOf } = bindingsOf(sourceCode);
  for (const [index, parameter] of repeat.repeated.params.entries()) {
    const given = repeat.node.arguments[index];
    const handedOn = given && variableOf(unwrap(given));
    walk(parameter, sourceCode, (node) => {
      const variable = node.type === 'Identifier' ? variableOf(node) : null;
      if (variable && variable !== handedOn) changed.add(variable);
    });
  }
  return changed;
}

/** Whether a value is put together from one of these variables. */
function leansOn(place: Place, variables: ReadonlySet<Variable>, sourceCode: SourceCode): boolean {
  const bindings = bindingsOf(sourceCode);
  const seen = new Set<Variable>();
  const leans = (root: Node): boolean => {
    let found = false;
    walk(root, sourceCode, (node) => {
      const variable = node.type === 'Identifier' ? bindings.variableOf(node) : null;
      if (found || !variable || seen.has(variable)) return;
      seen.add(variable);
      found = variables.has(variable) || bindings.definitionsOf(variable).some((definition) => definition.kind === 'value' && leans(definition.value));
    });
    return found;
  };
  return variables.size > 0 && leans(place.node);
}
