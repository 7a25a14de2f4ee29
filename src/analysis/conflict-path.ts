import { speaksOfConflict, type Conflict } from '../s3/conflict-names.js';
import { contains, isFunction, isLoop, type Node, type SourceCode } from '../calls/syntax.js';
import { truthOf } from './conflict-test.js';

/**
 * The way that a conflict takes through a handler: its statements are run as if the error were this conflict. A test of
 * the error that is not understood ends the way, so that nothing is said of it.
 */
export interface ConflictPath {
  /** The handler is passed: the program goes on behind it. */
  readonly passes: boolean;
  /** It goes on with the next turn of a loop. */
  readonly continues: boolean;
  /** What it may return. */
  readonly returns: readonly (Node | null)[];
  /** What it may throw. */
  readonly throws: readonly Node[];
  /** Every node that is run on the way. */
  readonly reached: readonly Node[];
}

/**
 * @param body the body of a catch clause, or of a function that is handed the error
 * @param error the name that holds the error; null where it is not looked at
 * @param conflict the error that it is
 */
export function conflictPath(body: Node, error: Node | null, conflict: Conflict, sourceCode: SourceCode, depth = 0): ConflictPath {
  const path = { passes: false, continues: false, returns: [] as (Node | null)[], throws: [] as Node[], reached: [] as Node[] };

  /** Runs a statement; answers whether what follows it is run. */
  const run = (statement: Node): boolean => {
    switch (statement.type) {
      case 'BlockStatement':
        return statement.body.every((inner) => run(inner));
      case 'IfStatement': {
        path.reached.push(statement.test);
        const truth = truthOf(statement.test, error, conflict, sourceCode, depth);
        if (truth === 'unsure') return false;
        const consequent = truth !== false && run(statement.consequent);
        const alternate = truth !== true && (statement.alternate ? run(statement.alternate) : true);
        return consequent || alternate;
      }
      case 'SwitchStatement':
        // One case or another: each may be it, and none tells.
        return speaksOfConflict(sourceCode.getText(statement)) ? statement.cases.some((branch) => branch.consequent.every((inner) => run(inner))) : false;
      case 'ReturnStatement':
        path.returns.push(statement.argument);
        if (statement.argument) path.reached.push(statement.argument);
        return false;
      case 'ThrowStatement':
        path.throws.push(statement.argument);
        path.reached.push(statement.argument);
        return false;
      case 'ContinueStatement':
        path.continues = true;
        return false;
      case 'BreakStatement':
        return false;
      case 'TryStatement':
        return run(statement.block) && (statement.finalizer ? run(statement.finalizer) : true);
      default:
        if (isLoop(statement)) path.reached.push(statement.body);
        else path.reached.push(statement);
        return true;
    }
  };

  if (isFunction(body) || body.type !== 'BlockStatement') {
    path.returns.push(body);
    path.reached.push(body);
  } else {
    path.passes = run(body);
  }
  return path;
}

/** Whether a node is run on a path. */
export const reaches = (path: ConflictPath, node: Node): boolean => path.reached.some((reached) => contains(reached, node));
