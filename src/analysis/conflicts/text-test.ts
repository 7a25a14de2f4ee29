import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf } from '../../calls/bindings.js';
import { elementsOf } from '../../calls/elements.js';
import { originsOf, type Origin } from '../../calls/origins.js';
import { isFunction, literalText, methodName, propertyName, unwrap, wrapped, type Node, type SourceCode } from '../../calls/syntax.js';

/** A place where a text is looked for in another, or compared with it. */
export interface TextTest {
  /** The call, the comparison, or the value of a `case`. */
  readonly node: Node;
  /** What the text is looked for in. */
  readonly subject: Node;
  /** Whether what it is looked for in is made a text first, as `RegExp.test` does. */
  readonly takes: 'text' | 'anything';
  /** Whether the text has to be in it, or to be the whole of it. */
  readonly extent: 'part' | 'whole';
  /** Each text that is looked for; null stands for what cannot be read. */
  readonly texts: readonly (string | null)[];
  /** When the test is true; null where it is no plain yes or no. */
  readonly trueOn: 'match' | 'mismatch' | null;
}

const looksFor = /^(?:includes|indexOf|lastIndexOf|startsWith|endsWith|match|matchAll|search)$/;

/**
 * @param node any node
 * @param concerns whether a text is looked for in something that matters: asked before anything is followed
 * @param sourceCode its file
 * @returns the tests of text that it is: one, or one for each `case`
 */
export function textTestsAt(node: Node, concerns: (subject: Node) => boolean, sourceCode: SourceCode): readonly TextTest[] {
  switch (node.type) {
    case 'CallExpression':
      return calledTest(node, concerns, sourceCode);
    case 'BinaryExpression':
      return /^[!=]==?$/.test(node.operator) ? comparison(node, concerns, sourceCode) : [];
    case 'SwitchStatement':
      if (!concerns(node.discriminant)) return [];
      return node.cases.flatMap(({ test }): TextTest[] =>
        test ? [{ node: test, subject: node.discriminant, takes: 'text', extent: 'whole', texts: textsOf(test, sourceCode), trueOn: null }] : [],
      );
    default:
      return [];
  }
}

function calledTest(call: TSESTree.CallExpression, concerns: (subject: Node) => boolean, sourceCode: SourceCode): readonly TextTest[] {
  const callee = unwrap(call.callee);
  const [first] = call.arguments;
  if (callee.type !== 'MemberExpression' || !first || first.type === 'SpreadElement') return [];
  const method = propertyName(callee) ?? '';
  if (method === 'test' || method === 'exec') {
    if (!concerns(first)) return [];
    const texts = originsOf({ node: callee.object, frame: null }, sourceCode).flatMap((origin) => patternsAt(origin, sourceCode) ?? []);
    return [{ ...held(call, method), subject: first, takes: 'anything', extent: 'part', texts }];
  }
  if (!looksFor.test(method)) return [];
  // `['PreconditionFailed'].includes(error.message)`
  const list = /^(?:includes|indexOf)$/.test(method) && concerns(first) ? listAt(callee.object, sourceCode) : null;
  if (list) return [{ ...held(call, method), subject: first, takes: 'text', extent: 'whole', texts: list }];
  if (!concerns(callee.object)) return [];
  return [{ ...held(call, method), subject: callee.object, takes: 'text', extent: 'part', texts: textsOf(first, sourceCode) }];
}

/** The texts of an array of them. */
function listAt(node: Node, sourceCode: SourceCode): readonly (string | null)[] | null {
  const [origin] = originsOf({ node, frame: null }, sourceCode);
  return origin?.node.type === 'ArrayExpression' && origin.path.length === 0
    ? elementsOf(origin, sourceCode).flatMap((element) => (element ? textsOf(element.node, sourceCode) : [null]))
    : null;
}

function comparison(node: TSESTree.BinaryExpression, concerns: (subject: Node) => boolean, sourceCode: SourceCode): readonly TextTest[] {
  const sides: readonly [Node, Node][] = [
    [node.left, node.right],
    [node.right, node.left],
  ];
  for (const [side, subject] of sides) {
    const texts = isReadable(unwrap(side)) && concerns(subject) ? textsOf(side, sourceCode) : [];
    if (texts.some((text) => text !== null)) return [{ node, subject, takes: 'text', extent: 'whole', texts, trueOn: node.operator.startsWith('!') ? 'mismatch' : 'match' }];
  }
  return [];
}

/** What a constant text may be written as. */
const isReadable = (node: Node): boolean => literalText(node) !== null || node.type === 'Identifier' || node.type === 'MemberExpression';

/** The node that says yes or no for a call: itself, or the comparison of the index that it gives. */
function held(call: TSESTree.CallExpression, method: string): Pick<TextTest, 'node' | 'trueOn'> {
  const outer = wrapped(call);
  const { parent } = outer;
  if (!/ndexOf$|^search$/.test(method)) {
    return { node: outer, trueOn: /^(?:includes|startsWith|endsWith|test)$/.test(method) || (parent && asksYesOrNo(parent, outer)) ? 'match' : null };
  }
  if (parent?.type !== 'BinaryExpression' || parent.left !== outer) return { node: outer, trueOn: null };
  const compared = `${parent.operator.slice(0, 2)} ${sourceOfIndex(parent.right)}`;
  if (/^(?:!= -1|> -1|>= 0)$/.test(compared)) return { node: parent, trueOn: 'match' };
  return { node: parent, trueOn: /^(?:== -1|< 0)$/.test(compared) ? 'mismatch' : null };
}

const sourceOfIndex = (node: Node): string => {
  if (node.type === 'UnaryExpression' && node.operator === '-' && node.argument.type === 'Literal') return `-${node.argument.raw}`;
  return node.type === 'Literal' ? node.raw : '';
};

/** Whether nothing but the truth of a value is looked at. */
function asksYesOrNo(parent: Node, value: Node): boolean {
  switch (parent.type) {
    case 'IfStatement':
    case 'ConditionalExpression':
    case 'WhileStatement':
      return parent.test === value;
    case 'UnaryExpression':
      return parent.operator === '!';
    case 'LogicalExpression':
      return parent.operator !== '??' && asksYesOrNo(parent.parent, parent);
    default:
      return false;
  }
}

/** The texts that an expression may be, and those that a regular expression looks for. */
function textsOf(node: Node, sourceCode: SourceCode, depth = 0): readonly (string | null)[] {
  return originsOf({ node, frame: null }, sourceCode).flatMap((origin): readonly (string | null)[] => {
    const text = origin.path.length === 0 ? literalText(origin.node) : null;
    if (text !== null) return [text];
    const list = depth < 2 ? listOfItem(origin, sourceCode) : null;
    if (list) return elementsOf({ node: list, frame: null }, sourceCode).flatMap((element) => (element ? textsOf(element.node, sourceCode, depth + 1) : [null]));
    return patternsAt(origin, sourceCode) ?? [null];
  });
}

/** The array that a name stands for each item of: in `texts.some((text) => …)` and `for (const text of texts)`. */
function listOfItem(origin: Origin, sourceCode: SourceCode): Node | null {
  const [definition] = origin.path.length === 0 ? bindingsOf(sourceCode).definitionsAt(origin.node) : [];
  if (definition?.kind === 'element' && definition.path.length === 0) return definition.of;
  if (definition?.kind !== 'parameter' || definition.index > 0 || definition.path.length > 0) return null;
  const call = definition.function.parent;
  if (call.type !== 'CallExpression' || call.arguments[0] !== definition.function || !/^(?:some|every|find|findIndex|filter|forEach)$/.test(methodName(call) ?? '')) return null;
  const callee = unwrap(call.callee);
  return callee.type === 'MemberExpression' && !isFunction(callee.object) ? callee.object : null;
}

/** The texts that a regular expression looks for, where a value is one. */
function patternsAt({ node, path }: Origin, sourceCode: SourceCode): readonly (string | null)[] | null {
  if (path.length > 0) return null;
  if (node.type === 'Literal' && 'regex' in node) return alternativesOf(node.regex.pattern);
  const callee = node.type === 'NewExpression' || node.type === 'CallExpression' ? node.callee : null;
  if (callee?.type !== 'Identifier' || callee.name !== 'RegExp' || !bindingsOf(sourceCode).isGlobal(callee)) return null;
  const [source] = (node as TSESTree.NewExpression).arguments;
  const texts = source && source.type !== 'SpreadElement' ? textsOf(source, sourceCode) : [null];
  return texts.flatMap((text) => (text === null ? [null] : alternativesOf(text)));
}

const maximumAlternatives = 32;

/**
 * What a regular expression looks for, one text for each alternative, groups multiplied out: `4(?:09|12)` is `409` and
 * `412`. Letters, digits and spaces are kept, and the rest is left out.
 *
 * @param source the source of the expression
 */
function alternativesOf(source: string): readonly (string | null)[] {
  // What must not be there is not looked for.
  if (/\(\?<?!/.test(source)) return [null];
  let open = [source.replace(/\\[()[\]|]/g, ' ').replace(/\[[^\]]*\]/g, ' ')];
  const group = /\((?:\?(?:<?=|:|<\w+>))?([^()]*)\)/;
  while (open.some((text) => group.test(text))) {
    open = open.flatMap((text) => {
      const found = group.exec(text);
      return found ? (found[1] ?? '').split('|').map((part) => text.slice(0, found.index) + part + text.slice(found.index + found[0].length)) : [text];
    });
    if (open.length > maximumAlternatives) return [null];
  }
  return open.flatMap((text) => text.split('|')).map((text) =>
    text
      .replace(/\\[bBsSwWdD]/g, ' ')
      .replace(/\\(.)/g, '$1')
      .replace(/[?*+^$]|\{\d*,?\d*\}/g, '')
      .replace(/\.{1,}/g, ' ')
      .replace(/ {2,}/g, ' ')
      .trim(),
  );
}
