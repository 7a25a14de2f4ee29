import { bindingsOf } from '../../calls/bindings.js';
import { calledFunctions } from '../../calls/called-functions.js';
import { perFile } from '../../calls/per-file.js';
import { contains, enclosingFunction, isFunction, methodName, walk, type CallLike, type Node, type SourceCode } from '../../calls/syntax.js';
import { textOf } from '../../calls/text.js';
import { errorsReadBy } from './error-text.js';
import type { FailedAttempt } from './failed-attempt.js';

/** A text that the file gives to an error of its own. */
interface OwnText {
  /** Where the error is made. */
  readonly node: Node;
  /** Its known pieces. */
  readonly pieces: readonly string[];
  /** Whether a status is put into it: `HTTP ${response.status}`. */
  readonly holdsStatus: boolean;
}

/**
 * @param text a text that is looked for in the message of an error
 * @param attempt where the error comes from
 * @param sourceCode the file
 * @returns whether the file makes errors with that text itself, elsewhere than in the handling of such an error
 */
export function isOwnText(text: string, attempt: FailedAttempt, sourceCode: SourceCode): boolean {
  const wanted = text.toLowerCase();
  return ownTextsOf(sourceCode).some(
    ({ node, pieces, holdsStatus }) =>
      mayCome(node, attempt) && (pieces.some((piece) => piece.toLowerCase().includes(wanted)) || (holdsStatus && /^\D*\d{3}\D*$/.test(text))),
  );
}

/** Whether an error may come to a handler: what is thrown before or behind the attempt, or on the handler's own way, does not. */
function mayCome(made: Node, { attempted, handler }: FailedAttempt): boolean {
  if (contains(handler, made)) return false;
  return attempted === null || contains(attempted, made) || enclosingFunction(made) !== enclosingFunction(attempted);
}

/**
 * @param attempted code that failed
 * @param sourceCode its file
 * @returns where it catches an error and throws another with the same text, which has neither its name nor its status
 */
export function rewordedIn(attempted: Node, sourceCode: SourceCode, depth = 0): Node | null {
  const found: Node[] = [];
  walk(attempted, sourceCode, (node) => {
    if (found.length > 0) return false;
    if (node.type === 'ThrowStatement' && node.argument.type === 'NewExpression' && isInHandler(node)) {
      const texts = node.argument.arguments.flatMap((argument) => errorsReadBy(argument, 'text', sourceCode));
      if (texts.some(({ error }) => catches(error, node, attempted))) found.push(node);
    }
    if (node.type === 'CallExpression' && depth < 3) {
      for (const called of calledFunctions(node, null, sourceCode)) {
        const below = contains(called, attempted) ? null : rewordedIn(called.body, sourceCode, depth + 1);
        if (below) found.push(below);
      }
    }
    return undefined;
  });
  return found[0] ?? null;
}

/** Whether an error that is thrown on was caught within the attempt. */
const catches = (error: Node, thrown: Node, attempted: Node): boolean => contains(attempted, error) && error.range[1] < thrown.range[0];

const ownTextsOf = perFile((sourceCode): readonly OwnText[] =>
  bindingsOf(sourceCode).calls.flatMap((call) => {
    // What a handler throws on tells of the error that it caught, and does not make another.
    if (!makesError(call) || isInHandler(call)) return [];
    const texts = [call, ...baseCallsOf(call, sourceCode)].flatMap(({ arguments: given }) => given).flatMap((argument) => (argument.type === 'SpreadElement' ? [] : textOf({ node: argument, frame: null }, sourceCode)));
    const pieces = texts.flatMap((piece) => (typeof piece === 'string' ? [piece] : []));
    return [{ node: call, pieces, holdsStatus: texts.some((piece) => typeof piece !== 'string' && piece.said.some(({ node }) => /status|code/i.test(sourceCode.getText(node)))) }];
  }),
);

/** `new StaleError(…)`, `Error(…)`, and whatever is called to be thrown. */
function makesError(call: CallLike): boolean {
  if (call.parent.type === 'ThrowStatement') return true;
  return call.callee.type === 'Identifier' && /^[A-Z]\w*(?:Conflict|Exception)$|^(?:[A-Z]\w*)?Error$/.test(call.callee.name);
}

/** The `super(…)` of a class of the file. */
function baseCallsOf(call: CallLike, sourceCode: SourceCode): readonly CallLike[] {
  const base: CallLike[] = [];
  if (call.type !== 'NewExpression') return base;
  for (const constructor of calledFunctions(call, null, sourceCode)) {
    walk(constructor.body, sourceCode, (node) => {
      if (node.type === 'CallExpression' && node.callee.type === 'Super') base.push(node);
    });
  }
  return base;
}

function isInHandler(node: Node): boolean {
  for (let outer = node.parent, child: Node = node; outer; child = outer, outer = outer.parent) {
    if (outer.type === 'CatchClause') return true;
    if (outer.type === 'CallExpression' && isFunction(child) && methodName(outer) === 'catch') return true;
  }
  return false;
}
