import { arrayFunctionOf, runnerOf } from '../libraries/concurrency-libraries.js';
import type { Definition } from './bindings.js';
import { entitiesOf } from './entities.js';
import type { Frame } from './frames.js';
import { methodName, unwrap, type Node, type SourceCode } from './syntax.js';

/** Methods that hand each row to a function. */
export const handsRows = /^(?:map|flatMap|forEach|some|every|find|findLast|findIndex|filter)$/;

/**
 * @param definition a parameter
 * @param frame the chain of calls it is seen from
 * @param sourceCode its file
 * @returns the list whose rows it is given, one after the other: `rows.forEach((row) => …)`, `pMap(rows, (row) => …)`;
 *   null where it is no row of a list
 */
export function listHandedTo(definition: Extract<Definition, { kind: 'parameter' }>, frame: Frame | null, sourceCode: SourceCode): Node | null {
  const call = definition.function.parent;
  if (call.type !== 'CallExpression') return null;
  const position = call.arguments.findIndex((argument) => argument === definition.function);
  const callee = unwrap(call.callee);
  const method = methodName(call) ?? '';
  if (position === 0 && callee.type === 'MemberExpression') {
    const takesRow = definition.index === 0 ? handsRows.test(method) : definition.index === 1 && /^reduce(?:Right)?$/.test(method);
    if (takesRow) return callee.object;
  }
  if (position < 0 || definition.index !== 0) return null;
  const [entity] = entitiesOf({ node: callee, frame }, sourceCode);
  const runner = entity && runnerOf(entity);
  if (runner) return runner.run === position ? (call.arguments[runner.list] ?? null) : null;
  return entity && position === 1 && arrayFunctionOf(entity) ? (call.arguments[0] ?? null) : null;
}
