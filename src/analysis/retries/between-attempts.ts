import { bindingsOf, type Variable } from '../../calls/bindings.js';
import { inputProperty, type S3Call } from '../../calls/s3-call.js';
import { s3CallAt, s3CallsOf } from '../../calls/s3-calls.js';
import { calledName, contains, isFunction, methodName, propertyName, unwrap, walk, type CallLike, type Node, type SourceCode } from '../../calls/syntax.js';
import { namedLikeDelay } from '../../libraries/delay-functions.js';
import { onlyLogs } from '../trails/runner.js';
import type { Repeat } from './repeats.js';
import { acrossAttempts } from './each-attempt.js';
import { isFilledAnew } from './filled-anew.js';
import { writtenIn } from '../iteration-invariant.js';
import { mayBeSameText } from '../may-be-same-text.js';
import { looksForStop } from './retry-bounds.js';
import { framesWithin, functionsRunBy, runAnewBy, type RunAnew } from './run-anew.js';
import { bucketOf, keyOf } from '../same-object.js';
import { freshnessOf } from '../unique-key.js';

/**
 * @param call a create, or a call that makes or deletes a bucket
 * @param repeat what sends it again after a conflict
 * @param sourceCode the file
 * @returns whether the next attempt may fare better: it sends something else, looks at what is there, runs what is not
 *   seen, or waits for somebody to go away
 */
export function mayFareBetter(call: S3Call, repeat: Repeat, sourceCode: SourceCode): boolean {
  const anew = runAnewBy(repeat, sourceCode);
  return sendsAnother(call, repeat, anew, sourceCode) || asksTheStore(call, anew, sourceCode) || runsUnseen(repeat, anew, sourceCode) || (isOfObject(call) ? waitsForHolder(call, repeat, anew, sourceCode) : deletesBuckets(call, sourceCode));
}

/** Whether the conflicts of a call are about an object; else they are about its bucket. */
export const isOfObject = (call: S3Call): boolean => call.operation.effect === 'write';

/**
 * @param call a write
 * @param repeat what sends it again after a conflict
 * @param sourceCode the file
 * @returns whether an attempt names another object by itself, and so does not meet the same writers again. A name made
 *   of what is read each time, as the next number of a listing, is one that all writers come to.
 */
export function namesAnother(call: S3Call, repeat: Repeat, sourceCode: SourceCode): boolean {
  const anew = runAnewBy(repeat, sourceCode);
  const isFresh = isOfObject(call) && freshnessOf(call, null, sourceCode) !== 'shared';
  const names = framesWithin(call.node, anew, sourceCode).flatMap((frame) =>
    namingProperties(call).flatMap((name) => {
      const property = inputProperty(call, name, frame, sourceCode);
      return property.kind === 'known' ? property.values : [];
    }),
  );
  return names.some((name) => acrossAttempts(name, repeat, anew, sourceCode).kind === 'may differ' && (isFresh || isCountedUp(name.node, anew, sourceCode))) && !asksTheStore(call, anew, sourceCode);
}

const namingProperties = (call: S3Call): readonly string[] => (isOfObject(call) ? ['Bucket', call.operation.key] : ['Bucket']);

/** Whether a name is put together from what an attempt counts up or sets: `n += 1`, `slug = next(slug)`. */
function isCountedUp(name: Node, { pieces, holds }: RunAnew, sourceCode: SourceCode): boolean {
  const bindings = bindingsOf(sourceCode);
  const set = writtenIn(pieces, sourceCode);
  const seen = new Set<Variable>();
  const counts = (root: Node): boolean => {
    let found = false;
    walk(root, sourceCode, (node) => {
      const variable = node.type === 'Identifier' ? bindings.variableOf(node) : null;
      if (node.type === 'MemberExpression') found ||= set.has(sourceCode.getText(node));
      if (found || !variable || seen.has(variable)) return;
      seen.add(variable);
      found = variable.references.some((reference) => reference.isWrite() && reference.init !== true && holds(reference.identifier)) || bindings.definitionsOf(variable).some((definition) => definition.kind === 'value' && counts(definition.value));
    });
    return found;
  };
  return counts(name);
}

/** `${slug}-${attempt}`: each attempt names another object, or another bucket. */
function sendsAnother(call: S3Call, repeat: Repeat, anew: RunAnew, sourceCode: SourceCode): boolean {
  const input = call.input.kind === 'object' ? call.input.node : null;
  if ([call.node, ...(input ? [input] : [])].some((node) => isFilledAnew(node, anew, sourceCode))) return true;
  return framesWithin(call.node, anew, sourceCode).some((frame) =>
    namingProperties(call).some((name) => {
      const property = inputProperty(call, name, frame, sourceCode);
      return property.kind === 'unknown' || (property.kind === 'known' && property.values.some((value) => acrossAttempts(value, repeat, anew, sourceCode).kind === 'may differ'));
    }),
  );
}

/** Another request of the attempt that may be about the same object or bucket: it reads what is there, or takes it away. */
const asksTheStore = (call: S3Call, { holds }: RunAnew, sourceCode: SourceCode): boolean =>
  s3CallsOf(sourceCode).some((other) => other !== call && [other.node, ...other.sentBy].some(holds) && mayMeet(call, other, sourceCode));

function mayMeet(call: S3Call, other: S3Call, sourceCode: SourceCode): boolean {
  const [one, two] = [{ call, frame: null }, { call: other, frame: null }];
  if (!mayBeSameText(bucketOf(one, sourceCode), bucketOf(two, sourceCode))) return false;
  return !isOfObject(call) || other.operation.effect === 'list' || mayBeSameText(keyOf(one, sourceCode), keyOf(two, sourceCode));
}

/** A bucket that the file deletes somewhere may be gone when the next attempt is made. */
const deletesBuckets = (call: S3Call, sourceCode: SourceCode): boolean => call.operation.effect === 'create-bucket' && s3CallsOf(sourceCode).some((other) => other.operation.name === 'DeleteBucket');

/** Code behind the failure that is not seen, and code before the request whose name says that it looks or makes room. */
function runsUnseen(repeat: Repeat, anew: RunAnew, sourceCode: SourceCode): boolean {
  const { steps, decisions } = repeat.trail;
  const tests = decisions.map(({ test }) => test);
  const behind = [...steps, ...(repeat.kind === 'library' ? anew.pieces.filter((piece) => isFunction(piece) && !contains(piece, repeat.region) && piece !== repeat.region) : [])];
  const deciders = repeat.kind === 'library' ? repeat.retry.deciders.flatMap((decider) => (decider.kind === 'function' ? [decider.function] : [])) : [];
  return anew.calls.some((call) => {
    if (isInert(call, sourceCode) || contains(repeat.trail.failed, call) || contains(call, repeat.trail.failed) || functionsRunBy(call, sourceCode).length > 0) return false;
    if ([...tests, ...deciders].some((test) => contains(test, call))) return false;
    return behind.some((step) => contains(step, call)) || helping.test(spaced(sourceCode.getText(unwrap(call.callee))));
  });
}

/** Words of what looks at a store, waits for it, or makes room in it. */
const helping = /\b(?:exists?|head|stat|find|list|poll|clean|clear|delete|remove|release|refresh|reload|load|fetch|read|empty|purge|drain|wipe|wait|until|acquire|lock)/;

/** Methods of texts, lists, maps, errors and dates. */
const plain = /^(?:includes|has|get|set|add|push|test|match|exec|indexOf|startsWith|endsWith|map|filter|join|split|slice|replace|replaceAll|trim|toString|toLowerCase|toUpperCase|toFixed|keys|values|entries|padStart|from|now|random|floor|min|max|pow|round|ceil|stringify|toISOString|getTime|promise|then|catch|finally)$/;

function isInert(call: CallLike, sourceCode: SourceCode): boolean {
  const callee = unwrap(call.callee);
  if (call.type === 'NewExpression' || s3CallAt(call, sourceCode) || isSending(call, sourceCode) || onlyLogs(call.callee, sourceCode)) return true;
  const name = calledName(call);
  const root = callee.type === 'MemberExpression' ? unwrap(callee.object) : callee;
  return namedLikeDelay.test(name) || /back_?off|jitter/i.test(name) || (callee.type === 'MemberExpression' && plain.test(name)) || (root.type === 'Identifier' && bindingsOf(sourceCode).isGlobal(root)) || isResolver(callee, sourceCode);
}

const isSending = (call: CallLike, sourceCode: SourceCode): boolean => methodName(call) === 'send' && s3CallsOf(sourceCode).some(({ sentBy }) => sentBy.includes(call));

/** The `resolve` of a promise that is made on the spot. */
function isResolver(callee: Node, sourceCode: SourceCode): boolean {
  const [definition] = callee.type === 'Identifier' ? bindingsOf(sourceCode).definitionsAt(callee) : [];
  return definition?.kind === 'parameter' && definition.function.parent.type === 'NewExpression';
}

/**
 * A lock: who creates it waits until its holder deletes it. It is told by what the file deletes, by a clock or by
 * somebody who ends the wait, or by its words.
 */
function waitsForHolder(call: S3Call, repeat: Repeat, anew: RunAnew, sourceCode: SourceCode): boolean {
  const { pieces } = anew;
  const deletes = s3CallsOf(sourceCode).some((other) => other.operation.effect === 'delete' && mayMeet(call, other, sourceCode));
  const around = [outermost(call.node), outermost(repeat.node), ...pieces];
  return deletes || pieces.some((piece) => looksAtClock(piece, sourceCode) || looksForStop(piece, anew, sourceCode)) || around.some((node) => locking.test(spaced(sourceCode.getText(node))));
}

/** `acquireLock` as `acquire lock`. */
const spaced = (text: string): string => text.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replaceAll('_', ' ').toLowerCase();

const locking = /\b(?:un|re)?(?:lock|lease|mutex|semaphore|leader|election|claim|acquire|reserve|reservation|heartbeat)(?:s|d|ed|er|ers|ing|file)?\b/;

/** `Date.now() < deadline`, `!signal.aborted` */
function looksAtClock(piece: Node, sourceCode: SourceCode): boolean {
  let looks = false;
  walk(piece, sourceCode, (node) => {
    if (node.type === 'BinaryExpression' && /^[<>]=?$/.test(node.operator)) looks ||= /\bnow\(|deadline|elapsed|expire|startedAt|getTime/i.test(sourceCode.getText(node));
    if (node.type === 'MemberExpression') looks ||= propertyName(node) === 'aborted';
    return !looks;
  });
  return looks;
}

/** The outermost class or function around a node. */
function outermost(node: Node): Node {
  let found = node;
  for (let outer = node.parent; outer; outer = outer.parent) if (isFunction(outer) || outer.type === 'ClassDeclaration' || outer.type === 'VariableDeclaration') found = outer;
  return found;
}
