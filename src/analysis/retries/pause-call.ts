import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf } from '../../calls/bindings.js';
import { entitiesOf } from '../../calls/entities.js';
import { originsOf } from '../../calls/origins.js';
import { calledName, isFunction, isNothing, unwrap, type Node, type SourceCode } from '../../calls/syntax.js';
import { namedLikeDelay, timeArgumentOf } from '../../libraries/delay-functions.js';

/** `setTimeout(…)`, `setImmediate(…)` and `setInterval(…)` of the host. */
export const isTimer = (call: Node, sourceCode: SourceCode): boolean =>
  call.type === 'CallExpression' && call.callee.type === 'Identifier' && /^set(?:Timeout|Immediate|Interval)$/.test(call.callee.name) && bindingsOf(sourceCode).isGlobal(call.callee);

/** The argument of a call that is the time it waits: by what it imports, or else by its name. */
export function timeOf(call: TSESTree.CallExpression, sourceCode: SourceCode): Node | null {
  const place = { node: call.callee, frame: null };
  const known = entitiesOf(place, sourceCode).flatMap((entity) => timeArgumentOf(entity) ?? []);
  const index = known[0] ?? (originsOf(place, sourceCode).some(({ node }) => isPromisedTimer(node, sourceCode)) ? 0 : null);
  if (index !== null) return call.arguments[index] ?? null;
  const callee = unwrap(call.callee);
  if (sourceCode.getText(callee) === 'Atomics.wait') return call.arguments[3] ?? null;
  const name = calledName(call);
  const [time, more] = call.arguments;
  if (name === '' || !time || isTimer(call, sourceCode) || !namedLikeDelay.test(name) || isFunction(time)) return null;
  // `semaphore.wait(1)` waits for others; `sleep(100, 500)` for a time between the two.
  if (callee.type === 'MemberExpression' && /^(?:wait|pause|timeout)$/i.test(name) && !/^(?:this|scheduler)$/.test(sourceCode.getText(callee.object))) return null;
  const isRange = more && !isNothing(more) && more.type !== 'ObjectExpression' && !/signal|options/i.test(sourceCode.getText(more));
  return isRange ? null : time;
}

/** `promisify(setTimeout)` */
const isPromisedTimer = (made: Node, sourceCode: SourceCode): boolean =>
  made.type === 'CallExpression' && /(?:^|\.)promisify$/.test(sourceCode.getText(made.callee)) && made.arguments.some((given) => /^(?:timers\.)?setTimeout$/.test(sourceCode.getText(given)));
