import { bindingsOf } from '../calls/bindings.js';
import { callersOf } from '../calls/callers.js';
import { entitiesOf, isOwnFile } from '../calls/entities.js';
import { calledFunctions } from '../calls/called-functions.js';
import { originsOf } from '../calls/origins.js';
import { perFile } from '../calls/per-file.js';
import type { S3Call } from '../calls/s3-call.js';
import { s3CallAt, s3CallsOf } from '../calls/s3-calls.js';
import { calledName, contains, enclosingFunction, isFunction, methodName, walk, type CallLike, type FunctionNode, type Node, type SourceCode } from '../calls/syntax.js';
import { abortsNext } from './next-abort.js';
import { callsRunBy } from './run-calls.js';
import { leavesPartUncovered } from './uncovered-parts.js';
import { idLeaves, isSent, outermost } from './upload-id.js';

/**
 * What becomes of a multipart upload that fails. Its parts are stored, and billed, until it is completed or aborted.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpu-abort-incomplete-mpu-lifecycle-config.html
 *
 * `abandoned`: it is created and used here, and nothing aborts it. `unabortable`: its id goes elsewhere and comes back
 * to be completed, and the file that does both never aborts.
 */
export type MissingCleanup = 'abandoned' | 'unabortable';

/**
 * @param call a CreateMultipartUpload
 * @param sourceCode its file
 * @returns what is missing; null where nothing is, or somebody else may do it
 */
export function missingCleanup(call: S3Call, sourceCode: SourceCode): MissingCleanup | null {
  if (call.presigned || !isSent(call)) return null;
  if (abortsOnFailure(call, sourceCode)) return null;
  if (!idLeaves(call, sourceCode)) return 'abandoned';
  return completesUploads(sourceCode) && !speaksOfAbort(sourceCode) ? 'unabortable' : null;
}

const completesUploads = perFile((sourceCode): boolean =>
  s3CallsOf(sourceCode).some(({ operation }) => operation.name === 'CompleteMultipartUpload') || bindingsOf(sourceCode).calls.some((call) => methodName(call) === 'completeMultipartUpload'),
);

/** Whether anything in a file is named for aborting uploads; what only cancels a request of its own is not. */
const speaksOfAbort = perFile((sourceCode): boolean =>
  sourceCode.ast.tokens.some(({ value }) => /abort\w*(?:multi_?part|upload)|(?:multi_?part|upload)\w*abort(?!controller|signal)/i.test(value)) ||
  s3CallsOf(sourceCode).some(({ operation }) => operation.name === 'AbortMultipartUpload'),
);

const maximumFunctions = 40;

/** Code that is run when something has failed. */
interface Handler {
  readonly node: Node;
  /** What has failed then; null where that cannot be told: it may be anything. */
  readonly covers: Node | null;
}

/** Whether an AbortMultipartUpload is run where the operation has failed, here or in another file. */
function abortsOnFailure(call: S3Call, sourceCode: SourceCode): boolean {
  const handlers = operationAround(call.node, sourceCode).flatMap((piece) => failureHandlers(piece, sourceCode));
  // What the create itself stands in is not run because it failed.
  const aborting = handlers.filter(({ node }) => !contains(node, call.node) && (aborts(node, sourceCode) || handsIdOn(node, sourceCode)));
  if (aborting.length === 0) return abortsNext(call, sourceCode);
  // A test in a `catch` is run for what the `catch` is.
  const mayCoverAll = aborting.some(({ node, covers }) => covers === null && !aborting.some((outer) => outer.covers !== null && contains(outer.node, node)));
  return mayCoverAll || !leavesPartUncovered(call, aborting.flatMap(({ covers }) => covers ?? []), sourceCode);
}

/** Whether a handler gives an upload id to a function of another file, which may abort it: `await discard(key, UploadId)`. */
const handsIdOn = (handler: Node, sourceCode: SourceCode): boolean =>
  bindingsOf(sourceCode).calls.some((call) => {
    if (!contains(handler, call) || !call.arguments.some((argument) => /uploadId/i.test(sourceCode.getText(argument)))) return false;
    return s3CallAt(call, sourceCode) === null && entitiesOf({ node: call.callee, frame: null }, sourceCode).some(({ module }) => isOwnFile(module)) && !/log|debug|console/i.test(sourceCode.getText(call.callee));
  });

/** The function that a call stands in, those around an in-file call of it, and those that they call. */
function operationAround(node: Node, sourceCode: SourceCode): readonly Node[] {
  const pieces = new Set<Node>();
  const around = (inner: Node, depth: number): void => {
    const owner = enclosingFunction(inner);
    const piece = owner ? outermost(owner) : sourceCode.ast;
    if (pieces.has(piece)) return;
    pieces.add(piece);
    if (!owner || depth > 3) return;
    for (let open: FunctionNode | null = owner; open; open = enclosingFunction(open)) for (const caller of callersOf(open, sourceCode)) around(caller, depth + 1);
  };
  around(node, 0);
  for (const piece of pieces) {
    if (pieces.size > maximumFunctions) break;
    for (const call of bindingsOf(sourceCode).calls) {
      if (contains(piece, call)) for (const called of calledFunctions(call, null, sourceCode)) pieces.add(outermost(called));
    }
  }
  return [...pieces];
}

const aborts = (handler: Node, sourceCode: SourceCode): boolean => callsRunBy(handler, null, sourceCode).some(({ call }) => call.operation.name === 'AbortMultipartUpload');

/** Tests that tell a failure from a success. */
const failed = /err|fail|reject|abort|cancel|\bok\b|success|status|done|complete|exception|signal|problem|reason|finish/i;

/** Methods that run their callback on the way of the work itself; any other may be what cleans up. */
const works = /^(?:map|flatMap|forEach|filter|reduce|then|each|for|on|once|Promise)$/;

function failureHandlers(piece: Node, sourceCode: SourceCode): readonly Handler[] {
  const handlers: Handler[] = [];
  const add = (node: Node | null, covers: Node | null): void => {
    if (node) handlers.push({ node, covers });
  };
  walk(piece, sourceCode, (node) => {
    switch (node.type) {
      case 'TryStatement':
        add(node.handler?.body ?? null, node.block);
        add(node.finalizer, node);
        break;
      case 'IfStatement':
      case 'ConditionalExpression':
        if (!failed.test(sourceCode.getText(node.test))) break;
        add(node.consequent, null);
        add(node.alternate, null);
        break;
      case 'LogicalExpression':
        if (failed.test(sourceCode.getText(node.left))) add(node.right, null);
        break;
      case 'CallExpression':
        handlers.push(...handlersOfCall(node, sourceCode));
        break;
      default:
    }
  });
  return handlers;
}

/** The functions that a call runs on failure: `.catch(f)`, `.then(g, f)`, `on('error', f)`, `onExit(f)`. */
function handlersOfCall(node: CallLike, sourceCode: SourceCode): readonly Handler[] {
  const { callee } = node;
  const name = calledName(node);
  return node.arguments.flatMap((argument, index) => {
    const [first] = node.arguments;
    const onEvent = /^(?:on|once|addEventListener|addListener)$/.test(name) && index === 1 && first?.type === 'Literal' && /error|abort|close|fail|cancel/i.test(String(first.value));
    const onRejection = name === 'catch' || name === 'finally' || (name === 'then' && index === 1);
    if (!onRejection && !onEvent && works.test(name)) return [];
    const covers = onRejection && callee.type === 'MemberExpression' ? callee.object : null;
    return originsOf({ node: argument, frame: null }, sourceCode).flatMap((origin) => (isFunction(origin.node) && origin.path.length === 0 ? [{ node: origin.node.body, covers }] : []));
  });
}
