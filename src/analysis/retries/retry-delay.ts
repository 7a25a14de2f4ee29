import { bindingsOf } from '../../calls/bindings.js';
import { entitiesOf } from '../../calls/entities.js';
import { originsOf } from '../../calls/origins.js';
import { propertyOf, shapeOf, type PropertyValue } from '../../calls/shapes.js';
import { isFunction, methodName, unwrap, walk, type CallLike, type FunctionNode, type Node, type SourceCode } from '../../calls/syntax.js';
import { cockatielBackoffs, cockatielGenerators, type DelayOptions, type DelayShape } from '../../libraries/retry-libraries.js';
import { numbersOf, optionOf, unreadOptions, wordsOf, type RetryOptions } from './retry-options.js';

/** How long is waited before another attempt; `jittered` where chance has a part in it. */
export type RetryDelay = DelayShape | 'jittered' | 'unknown';

/**
 * @param options what the library is given
 * @param library what it makes of it
 * @param sourceCode the file
 */
export function delayOf(options: RetryOptions, library: DelayOptions, sourceCode: SourceCode): RetryDelay {
  const chosen = library.shape === null ? null : optionOf(options, library.shape);
  const shape = chosen === null || chosen.kind === 'absent' ? library.byDefault : shapeAt(chosen, library, sourceCode);
  if (unreadOptions(options) && (chosen === null || chosen.kind === 'absent')) return 'unknown';
  if (shape === 'unknown' || shape === 'jittered') return shape;
  const jitter = jitterOf(options, library, sourceCode);
  const first = number(options, library.first, sourceCode);
  if (jitter === 'unknown' || first === 'unknown') return 'unknown';
  if (first === 0 && library.staysZero) return 'none';
  if (jitter === 'on') return 'jittered';
  if (shape !== 'growing') return shape;
  const factor = number(options, library.factor, sourceCode);
  const longest = number(options, library.longest, sourceCode);
  if (factor === 'unknown' || longest === 'unknown') return 'unknown';
  // A delay that may not grow is constant.
  return factor === 1 || (longest !== null && longest <= (first ?? library.firstByDefault)) ? 'constant' : 'growing';
}

/** The number of an option; null where it is left to the library. */
function number(options: RetryOptions, name: string | null, sourceCode: SourceCode): number | 'unknown' | null {
  const option = name === null ? null : optionOf(options, name);
  if (option === null || option.kind === 'absent') return null;
  const numbers = option.kind === 'known' && option.always ? option.values.map((value) => numbersOf(value, sourceCode)) : [null];
  if (!numbers.every((known) => known !== null)) return 'unknown';
  const [only, ...others] = numbers.flat();
  return only !== undefined && others.every((other) => other === only) ? only : 'unknown';
}

function jitterOf(options: RetryOptions, library: DelayOptions, sourceCode: SourceCode): 'on' | 'off' | 'unknown' {
  const option = library.jitter === null ? null : optionOf(options, library.jitter);
  if (option === null || option.kind === 'absent') return library.jitterByDefault ? 'on' : 'off';
  const words = wordsOf(option, sourceCode);
  if (!words || words.length === 0) return 'unknown';
  const on = words.map((word) => Boolean(word) && word !== 'none');
  return on.every(Boolean) ? 'on' : on.some(Boolean) ? 'unknown' : 'off';
}

/** What an option makes of the delays: a word, a number of milliseconds, a function, or a made backoff. */
function shapeAt(option: PropertyValue, library: DelayOptions, sourceCode: SourceCode): RetryDelay {
  if (option.kind !== 'known' || !option.always) return 'unknown';
  return agreeing(option.values.flatMap((value) => originsOf(value, sourceCode)).map((origin): RetryDelay => {
    const { node, path } = origin;
    if (path.length > 0 && node.type !== 'Identifier') return 'unknown';
    if (isFunction(node)) return delayFrom(node, sourceCode);
    if (node.type === 'Literal' && typeof node.value === 'string') return Object.hasOwn(library.shapes, node.value) ? (library.shapes[node.value] ?? 'unknown') : 'unknown';
    if (node.type === 'NewExpression') return backoffOf(node, sourceCode);
    const numbers = numbersOf(origin, sourceCode);
    return numbers ? fixed(numbers) : 'unknown';
  }));
}

const fixed = (numbers: readonly number[]): RetryDelay => (numbers.every((one) => one === 0) ? 'none' : 'constant');

/** The one thing that all say. */
export const agreeing = (delays: readonly RetryDelay[]): RetryDelay => {
  const [first, ...others] = delays;
  return first !== undefined && others.every((other) => other === first) ? first : 'unknown';
};

/** `new ExponentialBackoff({ generator: noJitterGenerator })` of cockatiel. */
function backoffOf(made: CallLike, sourceCode: SourceCode): RetryDelay {
  const [entity] = entitiesOf({ node: made.callee, frame: null }, sourceCode);
  const name = entity?.module === 'cockatiel' ? entity.path[0] : undefined;
  const [given] = made.arguments;
  if (name === 'DelegateBackoff') return given ? agreeing(originsOf({ node: given, frame: null }, sourceCode).map(({ node }) => (isFunction(node) ? delayFrom(node, sourceCode) : 'unknown'))) : 'unknown';
  const shape = name !== undefined && Object.hasOwn(cockatielBackoffs, name) ? cockatielBackoffs[name] : undefined;
  if (shape === undefined) return 'unknown';
  if (shape === 'constant') return given ? (numbersOf({ node: given, frame: null }, sourceCode)?.every((one) => one === 0) ? 'none' : 'constant') : 'none';
  const generator = given ? propertyOf(shapeOf({ node: given, frame: null }, sourceCode), 'generator') : null;
  if (generator === null || generator.kind === 'absent') return shape;
  if (generator.kind === 'unknown') return 'unknown';
  return agreeing(
    generator.values.flatMap((value) => entitiesOf(value, sourceCode)).map(({ path }) => (Object.hasOwn(cockatielGenerators, path[0] ?? '') ? (cockatielGenerators[path[0] ?? ''] ?? 'unknown') : 'unknown')),
  );
}

/** The delay that a function works out for each attempt: `(error, n) => timer(100 * 2 ** n)`, `() => 100 + Math.random() * 50`. */
function delayFrom(made: FunctionNode, sourceCode: SourceCode): RetryDelay {
  if (asksChance(made, sourceCode)) return 'jittered';
  const answers = bindingsOf(sourceCode)
    .returnsOf(made)
    .map((returned) => unwrap(returned))
    .filter((returned) => !isStream(returned, /^(?:throwError|EMPTY|NEVER)$/, sourceCode));
  return agreeing(
    answers.map((answer): RetryDelay => {
      const waited = answer.type === 'CallExpression' && isStream(answer, /^timer$/, sourceCode) ? answer.arguments[0] : answer;
      const numbers = waited ? numbersOf({ node: waited, frame: null }, sourceCode) : null;
      if (numbers) return fixed(numbers);
      return waited && grows(waited, made, sourceCode) ? 'growing' : 'unknown';
    }),
  );
}

const isStream = (node: Node, named: RegExp, sourceCode: SourceCode): boolean =>
  entitiesOf({ node: node.type === 'CallExpression' ? node.callee : node, frame: null }, sourceCode).some(({ module, path }) => module === 'rxjs' && named.test(path[0] ?? ''));

/** `100 * 2 ** attempt`, `Math.min(attempt * 50, 1000)`: a product or power of what the function is handed. */
function grows(delay: Node, made: FunctionNode, sourceCode: SourceCode): boolean {
  const handed = made.params.map((parameter) => sourceCode.getText(parameter).split(/[:=]/)[0]?.trim());
  const found = new Set<'factor' | 'count'>();
  walk(delay, sourceCode, (node) => {
    if ((node.type === 'BinaryExpression' && /^(?:\*\*?|<<)$/.test(node.operator)) || methodName(node) === 'pow') found.add('factor');
    if (node.type === 'Identifier' && handed.includes(node.name)) found.add('count');
  });
  return found.size === 2;
}

/** Whether chance has a part in a piece of code. */
export function asksChance(code: Node, sourceCode: SourceCode): boolean {
  let asks = false;
  walk(code, sourceCode, (node) => {
    if (node.type !== 'CallExpression') return;
    const callee = unwrap(node.callee);
    asks ||= /^(?:Math\.random|(?:crypto\.)?(?:randomInt|getRandomValues)|_\.random)$/.test(sourceCode.getText(callee)) || /jitter/i.test(sourceCode.getText(callee));
  });
  return asks;
}

/** Whether code that is run after a failure, or again, waits by itself. */
export function waitsItself(code: Node, sourceCode: SourceCode): boolean {
  let waits = false;
  walk(code, sourceCode, (node) => {
    waits ||= node.type === 'CallExpression' && /(?:^|\.)(?:setTimeout|\w*(?:sleep|delay|wait|pause|backoff|jitter)\w*)$/i.test(sourceCode.getText(node.callee));
  });
  return waits;
}
