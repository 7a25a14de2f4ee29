import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf, memberPath, unreadable, type Variable } from './bindings.js';
import { isChangedInParts, mayBeFilled } from './changed-in-parts.js';
import { frameOf, type Frame, type Place } from './frames.js';
import { originsOf, type Origin } from './origins.js';
import { getOrMake, perFile } from './per-file.js';
import { enclosingFunction, isFunction, propertyName, unwrap, walk, wrapped, type Node, type SourceCode } from './syntax.js';

/** What is the same at a place as at another that has an equal answer; null where nothing can be said. */
type Identify = (place: Place) => string | null;

/** Choices that are made of choices: what is nested deeper nobody has spelled twice. */
const deepest = 8;

/**
 * The same part of the same table, or the same choice between the same values, wherever it is spelled:
 * `buckets[type]`, `preview ? drafts : live`. A name for it is called what it stands for.
 *
 * @param place an expression
 * @param sourceCode its file
 * @param identify what the operands are
 * @returns equal answers for equal values; null where it is no choice, or an operand is not told
 */
export function identityOfChosen(place: Place, sourceCode: SourceCode, identify: Identify): string | null {
  const [only, ...others] = chosenOf(place, sourceCode);
  if (!only || others.length > 0 || only.path.includes(unreadable) || isAnswer(only.frame, place.frame)) return null;
  const { node, frame, path } = only;
  if (node.type !== 'ConditionalExpression' && node.type !== 'MemberExpression') return null;
  const open = openChoices(sourceCode);
  const known = getOrMake(knownChoices(sourceCode), node, () => new Map<Frame | null, string | null>());
  const before = known.get(frame);
  if (before === undefined && open.size >= deepest) return null;
  if (before === undefined) {
    // Who asks again while it is worked out is not told.
    known.set(frame, null);
    open.add(node);
    known.set(frame, node.type === 'MemberExpression' ? ofLookup(node, frame, sourceCode, identify) : ofChoice(node, frame, sourceCode, identify));
    open.delete(node);
  }
  const identity = known.get(frame) ?? null;
  return identity && identity + path.map((name) => `.${name}`).join('');
}

/** Whether a choice is made within a call that stands for the value: only what a pure function answers is the same twice. */
function isAnswer(made: Frame | null, asked: Frame | null): boolean {
  for (let open = asked; open; open = open.caller) if (open === made) return false;
  return made !== null;
}

/** Where a value comes from, up to what it is chosen by. */
export const chosenOf = (place: Place, sourceCode: SourceCode): readonly Origin[] => originsOf(place, sourceCode, [], isChosen);

const isChosen = ({ node }: Origin): boolean => node.type === 'ConditionalExpression' || (node.type === 'MemberExpression' && propertyName(node) === null);

const openChoices = perFile(() => new Set<Node>());
const knownChoices = perFile(() => new Map<Node, Map<Frame | null, string | null>>());

function ofLookup(node: TSESTree.MemberExpression, frame: Frame | null, sourceCode: SourceCode, identify: Identify): string | null {
  const table = tableOf({ node: node.object, frame }, sourceCode, identify);
  const index = table && fixed({ node: node.property, frame }, sourceCode, identify);
  return table && index && `${table}[${index}]`;
}

/** Which table it is: one of a module is the same in all that import it, one that a function makes is made by each of its runs. */
function tableOf(place: Place, sourceCode: SourceCode, identify: Identify): string | null {
  const bindings = bindingsOf(sourceCode);
  const root = memberPath(unwrap(place.node))?.root;
  const variable = root ? bindings.variableOf(root) : null;
  if (root?.type === 'ThisExpression' || isChangedInParts(place, sourceCode) || (variable && (mayBeFilled(variable) || isOfRun(variable, place.frame, sourceCode)))) return null;
  const [only, ...others] = originsOf(place, sourceCode);
  if (!only || others.length > 0 || only.path.includes(unreadable)) return null;
  const { parent } = wrapped(only.node);
  if (only.node.type !== 'ObjectExpression' || parent?.type !== 'VariableDeclarator' || parent.id.type !== 'Identifier' || enclosingFunction(parent) !== null) return identify(place);
  const declared = bindings.variableOf(parent.id);
  if (!declared || bindings.memberWritesOf(declared).length > 0 || mayBeFilled(declared)) return null;
  const table = identify({ node: parent.id, frame: null });
  return table && table + only.path.map((name) => `.${name}`).join('');
}

function ofChoice({ test, consequent, alternate }: TSESTree.ConditionalExpression, frame: Frame | null, sourceCode: SourceCode, identify: Identify): string | null {
  const asked = ofTest({ node: test, frame }, sourceCode, identify);
  const parts = asked === null ? [null] : [asked, ...[consequent, alternate].map((node) => fixed({ node, frame }, sourceCode, identify))];
  return parts.includes(null) ? null : `(${parts.join('?')})`;
}

/** What a choice depends on. What a call answers may differ. */
function ofTest({ node: outer, frame }: Place, sourceCode: SourceCode, identify: Identify, depth = 0): string | null {
  const node = unwrap(outer);
  const inner = (part: Node): string | null => (depth > deepest ? null : ofTest({ node: part, frame }, sourceCode, identify, depth + 1));
  if (node.type === 'UnaryExpression' && (node.operator === '!' || node.operator === 'typeof')) {
    const operand = inner(node.argument);
    return operand && `${node.operator} ${operand}`;
  }
  if (node.type === 'LogicalExpression' || (node.type === 'BinaryExpression' && /^(?:[!=]==?|[<>]=?)$/.test(node.operator))) {
    const [left, right] = [inner(node.left), inner(node.right)];
    return left && right && `{${left}${node.operator}${right}}`;
  }
  const value = localValue(node, frame, sourceCode);
  if (value) return inner(value);
  const identity = fixed({ node, frame }, sourceCode, identify);
  return identity?.includes('(') ? null : identity;
}

/** What an operand is, as long as nothing of it is written and it belongs to no single run of a function. */
function fixed({ node: outer, frame }: Place, sourceCode: SourceCode, identify: Identify, depth = 0): string | null {
  const node = unwrap(outer);
  const value = depth < deepest ? localValue(node, frame, sourceCode) : null;
  if (value) return fixed({ node: value, frame }, sourceCode, identify, depth + 1);
  return isChangedInParts({ node, frame }, sourceCode) || namesRun(node, frame, sourceCode) ? null : identify({ node, frame });
}

/** Whether an expression names a local of a function that a call enters. */
function namesRun(node: Node, frame: Frame | null, sourceCode: SourceCode): boolean {
  let found = false;
  walk(node, sourceCode, (part) => {
    const variable = part.type === 'Identifier' ? bindingsOf(sourceCode).variableOf(part) : null;
    found ||= variable !== null && isOfRun(variable, frame, sourceCode);
    return !found && !isFunction(part);
  });
  return found;
}

/** What a constant of a function that is entered stands for: another run of the function has another one. */
function localValue(node: Node, frame: Frame | null, sourceCode: SourceCode): Node | null {
  const variable = bindingsOf(sourceCode).variableOf(node);
  return variable && isOfRun(variable, frame, sourceCode) ? bindingsOf(sourceCode).plainValueOf(node) : null;
}

/** Whether a variable is a local of a function that a call enters. Its parameters are what the call hands in. */
function isOfRun(variable: Variable, frame: Frame | null, sourceCode: SourceCode): boolean {
  const [only, ...others] = bindingsOf(sourceCode).definitionsOf(variable);
  const { block } = variable.scope.variableScope;
  return frame !== null && isFunction(block) && (only?.kind !== 'parameter' || others.length > 0) && frameOf(block, frame) !== null;
}
