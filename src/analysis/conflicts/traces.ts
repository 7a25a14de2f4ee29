import { bindingsOf, type Variable } from '../../calls/bindings.js';
import { entitiesOf } from '../../calls/entities.js';
import { calledFunctions } from '../../calls/called-functions.js';
import { calledName, contains, enclosingFunction, isFunction, isLoop, propertyName, unwrap, walk, type CallLike, type Node, type SourceCode } from '../../calls/syntax.js';
import { namedLikeDelay, timeArgumentOf } from '../../libraries/delay-functions.js';
import { onlyLogs } from '../trails/runner.js';

/** What a piece of code leaves behind, from which somebody could learn that it ran. */
export interface Traces {
  /** Calls that do more than to log, to wait or to look at a value. */
  readonly calls: readonly CallLike[];
  /** State that is not a variable: members that are set or deleted, values that are yielded. */
  readonly state: readonly Node[];
  readonly variables: readonly SetVariable[];
  readonly logs: boolean;
}

export interface SetVariable {
  readonly variable: Variable | null;
  readonly node: Node;
  /** `attempt += 1`: what counts attempts is asked how many are left, and tells nobody. */
  readonly counts: boolean;
}

const maximumDepth = 3;

/**
 * @param roots statements and expressions that are run
 * @param sourceCode the file
 * @returns what they leave behind; what functions that they make do later is not looked at
 */
export function tracesOf(roots: readonly Node[], sourceCode: SourceCode, depth = 0): Traces {
  const calls: CallLike[] = [];
  const state: Node[] = [];
  const variables: SetVariable[] = [];
  let logs = false;
  const sets = (target: Node, node: Node, counts: boolean): void => {
    if (target.type === 'Identifier') variables.push({ variable: bindingsOf(sourceCode).variableOf(target), node, counts });
    else state.push(node);
  };
  for (const root of roots) {
    walk(root, sourceCode, (node) => {
      switch (node.type) {
        case 'CallExpression':
        case 'NewExpression': {
          if (tellsPeople(node, sourceCode)) {
            logs = true;
            return false;
          }
          if (waits(node, sourceCode)) return false;
          if (!looks(node, sourceCode) && !isQuietFunction(node, sourceCode, depth)) calls.push(node);
          return undefined;
        }
        case 'AssignmentExpression':
          sets(node.left, node, node.operator === '+=' || node.operator === '-=');
          return undefined;
        case 'UpdateExpression':
          sets(node.argument, node, true);
          return undefined;
        case 'UnaryExpression':
          if (node.operator === 'delete') state.push(node);
          return undefined;
        case 'YieldExpression':
          state.push(node);
          return undefined;
        case 'ThrowStatement':
          return false;
        default:
          return !isFunction(node);
      }
    });
  }
  return { calls, state, variables, logs };
}

/** What is counted or traced is looked at by somebody: it is more than a line in a log. */
const kept = /metric|statsd|counter|gauge|histogram|datadog|newrelic|span|tracer|telemetry/i;

const tellsPeople = (node: CallLike, sourceCode: SourceCode): boolean => node.type === 'CallExpression' && onlyLogs(node.callee, sourceCode) && !kept.test(sourceCode.getText(node.callee));

/** `await sleep(100)`, `await new Promise((resolve) => setTimeout(resolve, 100))` */
function waits(node: CallLike, sourceCode: SourceCode): boolean {
  if (node.type === 'NewExpression') return calledName(node) === 'Promise' && node.arguments[0] !== undefined && isTimer(node.arguments[0], sourceCode);
  const name = calledName(node);
  if (namedLikeDelay.test(name)) return !node.arguments.some(isFunction);
  if (/(?:sleep|delay|back_?off|pause)$/i.test(name)) return true;
  return entitiesOf({ node: node.callee, frame: null }, sourceCode).some((entity) => timeArgumentOf(entity) !== null);
}

/** `(resolve) => setTimeout(resolve, 100)` */
function isTimer(executor: Node, sourceCode: SourceCode): boolean {
  const [resolve] = isFunction(executor) ? executor.params : [];
  const called: string[] = [];
  walk(executor, sourceCode, (node) => {
    if (node.type === 'CallExpression' && !looks(node, sourceCode)) called.push(sourceCode.getText(node.callee));
  });
  return called.includes('setTimeout') && called.every((name) => name === 'setTimeout' || (resolve?.type === 'Identifier' && name === resolve.name));
}

const looking = /^(?:toString|toISOString|toJSON|toLowerCase|toUpperCase|toFixed|includes|startsWith|endsWith|has|test|match|slice|substring|split|trim|join|replace|replaceAll|indexOf|padStart|at|isInstance|now)$/;

/** Calls that give a value of what they are given, and change nothing. */
function looks(node: CallLike, sourceCode: SourceCode): boolean {
  const callee = unwrap(node.callee);
  if (node.type === 'NewExpression') return callee.type === 'Identifier' && /^(?:Date|Set|Map|RegExp|URL|\w*(?:Error|Exception))$/.test(callee.name);
  if (callee.type === 'Identifier') return bindingsOf(sourceCode).isGlobal(callee) && /^(?:String|Number|Boolean|BigInt|parseInt|parseFloat|isNaN)$/.test(callee.name);
  if (callee.type !== 'MemberExpression') return false;
  const global = callee.object.type === 'Identifier' && bindingsOf(sourceCode).isGlobal(callee.object) && /^(?:Math|JSON|Date|Number|Object|Array|String|performance)$/.test(callee.object.name);
  return (global && propertyName(callee) !== 'assign') || looking.test(propertyName(callee) ?? '');
}

/** A function of the file that leaves nothing behind itself. */
function isQuietFunction(node: CallLike, sourceCode: SourceCode, depth: number): boolean {
  const called = depth < maximumDepth ? calledFunctions(node, null, sourceCode) : [];
  return (
    called.length > 0 &&
    called.every(({ body, generator }) => {
      const { calls, state, variables } = tracesOf([body], sourceCode, depth + 1);
      return !generator && calls.length === 0 && state.length === 0 && variables.every(({ variable }) => variable?.defs.some((definition) => contains(body, definition.name)));
    })
  );
}

/**
 * @param set a variable that was set
 * @param failed the call that failed; the loops around it ask how many attempts are left
 * @param unread code that is not run on this way: what it reads, nobody reads
 * @param sourceCode the file
 * @returns whether somebody may learn from the variable that it was set
 */
export function isSeen({ variable, node, counts }: SetVariable, failed: Node, unread: ReadonlySet<Node>, sourceCode: SourceCode): boolean {
  const [definition] = variable?.defs ?? [];
  if (!variable || !definition || enclosingFunction(definition.name) !== enclosingFunction(node)) return true;
  return isRead(variable, counts, failed, unread, sourceCode);
}

/** Whether the value of a variable is read by more than a log, a delay, or the head of the loop around a call. */
export function isRead(variable: Variable, counts: boolean, failed: Node, unread: ReadonlySet<Node>, sourceCode: SourceCode): boolean {
  const { variableOf } = bindingsOf(sourceCode);
  return variable.references.some((reference) => {
    if (!reference.isRead()) return false;
    for (let inner: Node = reference.identifier, outer: Node | undefined = inner.parent; outer && !isFunction(outer); inner = outer, outer = outer.parent) {
      if (unread.has(outer) || unread.has(inner)) return false;
      if ((outer.type === 'CallExpression' || outer.type === 'NewExpression') && (tellsPeople(outer, sourceCode) || waits(outer, sourceCode))) return false;
      if (outer.type === 'UpdateExpression' || (outer.type === 'AssignmentExpression' && outer.left.type === 'Identifier' && variableOf(outer.left) === variable)) return false;
      if (isLoop(outer) && contains(outer, failed) && inner !== outer.body) return false;
      if (counts && outer.type === 'IfStatement' && inner === outer.test) return false;
    }
    return true;
  });
}
