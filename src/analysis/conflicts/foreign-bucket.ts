import type { S3Call } from '../../calls/s3-call.js';
import { contains, enclosingFunction, isNothing, type FunctionNode, type Node, type SourceCode } from '../../calls/syntax.js';
import { conflictTrailsOf } from '../trails/conflict-trails.js';
import type { EndedTrail } from '../trails/trail.js';
import { goesToPrivateStore, isInTest } from './private-store.js';
import { answeredBy, successPathOf, type SuccessPath } from './success-path.js';
import { isSeen, tracesOf } from './traces.js';

/** The bucket is somebody else's. https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html */
const taken = { name: 'BucketAlreadyExists', status: 409 } as const;
/** An error that nobody takes for success, to hold against it. */
const refused = { name: 'AccessDenied', status: 403 } as const;

/**
 * @param call a CreateBucket
 * @param sourceCode the file
 * @returns the test that lets `BucketAlreadyExists` pass as if the bucket were one's own, while other errors are told;
 *   null where none does, or where something asks afterwards whose bucket it is
 */
export function foreignBucketTakenIn(call: S3Call, sourceCode: SourceCode): Node | null {
  if (call.operation.name !== 'CreateBucket' || isInTest(call.node) || goesToPrivateStore(call, sourceCode)) return null;
  const [ofTaken, ofRefused] = [taken, refused].map((answer) => conflictTrailsOf(call, answer, 'function', sourceCode));
  for (const handler of new Set((ofTaken ?? []).flatMap(({ handlers }) => handlers.slice(-1)))) {
    const [passing, refusing] = [ofTaken, ofRefused].map((trails) => (trails ?? []).filter(({ handlers, end }) => handlers.includes(handler) && end.kind !== 'again'));
    const [first] = passing ?? [];
    const [other] = refusing ?? [];
    if (!first || !other || !passing?.every((trail) => passesForSuccess(trail, call, handler, sourceCode))) continue;
    if (refusing?.every((trail) => isRefusal(trail, first, handler, sourceCode))) return testBetween(first, other) ?? handler;
  }
  return null;
}

/** Whether another error is told of in a way that this one is not. */
function isRefusal({ end }: EndedTrail, passing: EndedTrail, handler: Node, sourceCode: SourceCode): boolean {
  if (end.kind === 'leaves' || end.kind === 'told' || end.kind === 'exits') return true;
  // It was thrown, to a caller that is not seen through.
  if (end.kind === 'lost' || end.kind === 'floats') return !contains(enclosingFunction(handler) ?? sourceCode.ast, end.node);
  // `return false` against `return true`
  const values = [end, passing.end].map((one) => (one.kind === 'returns' && one.value ? sourceCode.getText(one.value) : null));
  return end.kind === 'returns' && !values.includes(null) && values[0] !== values[1];
}

/** The test that tells the two errors apart. */
const testBetween = (passing: EndedTrail, refusing: EndedTrail): Node | null =>
  passing.decisions.find(({ test, truth }) => refusing.decisions.some((other) => other.test === test && other.truth !== truth))?.test ?? null;

const asksOwner = /ExpectedBucketOwner|GetBucket|getBucket|HeadBucket|headBucket|ListBuckets|listBuckets|bucketExists/;

function passesForSuccess(trail: EndedTrail, call: S3Call, handler: Node, sourceCode: SourceCode): boolean {
  const { end, failed, handlers } = trail;
  if (end.kind !== 'returns' || trail.steps.some((step) => !contains(step, failed) && asksOwner.test(sourceCode.getText(step)))) return false;
  const isCallback = end.from !== null && handler.parent === end.from && !contains(end.from, failed);
  const success = isCallback ? { steps: new Set<Node>(), answers: [null], turns: new Set<Node>() } : successPathOf(call, failed, end.from, sourceCode);
  if (!success) return false;
  const expressions = handlers.filter((inner) => inner.type !== 'BlockStatement');
  const traces = tracesOf([...trail.steps.filter((step) => !success.steps.has(step) && !contains(step, failed)), ...expressions], sourceCode);
  if (!traces.calls.every((inner) => isCallForSuccess(inner.arguments) && inner.type === 'CallExpression')) return false;
  const ofSuccess = tracesOf([...success.steps], sourceCode);
  const setOnSuccess = new Set([...ofSuccess.state, ...ofSuccess.variables.map(({ node }) => node)].map((node) => sourceCode.getText(node)));
  const others = (node: Node): boolean => !setOnSuccess.has(sourceCode.getText(node));
  if (traces.state.some(others) || traces.variables.some((set) => others(set.node) && isSeen(set, failed, new Set(), sourceCode))) return false;
  return answersAsSuccess(trail, end.from, success, sourceCode);
}

/** `callback()`, `done(null)` */
const isCallForSuccess = (given: readonly Node[]): boolean => given.length <= 1 && given.every(isNothing);

/** An answer of nothing is success too, where other errors are thrown. */
function answersAsSuccess(trail: EndedTrail, from: FunctionNode | null, { answers }: SuccessPath, sourceCode: SourceCode): boolean {
  const answer = answeredBy(trail.steps, from);
  return answer === null || answers.some((other) => other !== null && (other === answer || sourceCode.getText(other) === sourceCode.getText(answer)));
}
