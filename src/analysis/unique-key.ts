import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf, unreadable, type Definition, type Path } from '../calls/bindings.js';
import { isOwn, isUniqueByCallers } from '../calls/linked-source.js';
import { calledFunctions } from '../calls/called-functions.js';
import { givenConstant } from '../calls/constant-at.js';
import { argumentFor, enter, framesDeep, isLeftOut, isOpen, type Frame, type Place } from '../calls/frames.js';
import { isLeftForLater } from '../calls/left-for-later.js';
import { listHandedTo } from '../calls/handed-list.js';
import { originsOf, type Origin } from '../calls/origins.js';
import { onlyValue, type S3Call } from '../calls/s3-call.js';
import { calledName, contains, enclosingFunction, isFunction, propertyName, unwrap, type FunctionNode, type Node, type SourceCode } from '../calls/syntax.js';
import { classes } from '../libraries/id-makers.js';
import { isContentAddressed } from './content-address.js';
import { derivationOf } from './derivation.js';
import { isDrawnRowId } from './drawn-row-id.js';
import { isInvocationId } from './invocation-id.js';
import { isLeftEmpty, outcomeOfEmpty } from './left-empty.js';
import { isGlobalName, makes, makesId, tellsTime } from './made-ids.js';
import { containerReadBy, madeItemsOf, type MadeItem } from './made-items.js';
import { outcomesOf } from './outcomes.js';
import { isPiecedTogetherFresh, type Pieces } from './pieced-together.js';
import { isRunForEach } from './random-draw.js';
import { definitionsReaching, maximumDefinitions } from './reaching-definitions.js';
import { idOfService } from './service-id.js';
import { takenSides } from './taken-sides.js';

/**
 * Whether a key is fresh for every write: then no two writers can meet under it.
 *
 * Freshness is resolved to the import or global that makes it. The name of a variable says nothing; that of an import
 * from a file of the project is all that can be seen of a maker there, and it can only silence.
 */
export type Freshness = 'unique' | 'timestamp' | 'shared';

/** What leaves a time its milliseconds: `.slice(0, 10)` and `.getFullYear()` do not. */
const keepsMilliseconds = /^(?:toISOString|toJSON|getTime|valueOf|replace|replaceAll|toString|padStart|concat|join)$/;

/** What all of together is a time to the millisecond: a year and a month alone are shared by all writers of that month. */
const partsOfTime = ['FullYear', 'Month', 'Date', 'Hours', 'Minutes', 'Seconds', 'Milliseconds'];

const maximumDepth = 30;

/**
 * @param call a write
 * @param frame the chain of calls it is seen from
 * @param sourceCode its file
 * @returns whether its key is fresh for every write, fresh by the clock alone, or shared as far as one can see
 */
export function freshnessOf(call: S3Call, frame: Frame | null, sourceCode: SourceCode): Freshness {
  const key = onlyValue(call, call.operation.key, frame, sourceCode);
  if (!key) return 'shared';
  if (isFresh(key, 'id', call.node, sourceCode)) return 'unique';
  if (isContentAddressed(call, key, frame, sourceCode) || isHandedOnFresh(call, frame, sourceCode)) return 'unique';
  return isFresh(key, 'clock', call.node, sourceCode) ? 'timestamp' : 'shared';
}

/** Whether the file hands to a write of another module what its own callers make fresh. */
function isHandedOnFresh({ node }: S3Call, frame: Frame | null, sourceCode: SourceCode): boolean {
  if (isOwn(node, sourceCode)) return false;
  for (let open = frame; open; open = open.caller) if (isOwn(open.call, sourceCode)) return isUniqueByCallers(open.call, sourceCode);
  return false;
}

/**
 * @param name a text that names an object, such as the source of a copy
 * @param use the call that uses it
 * @param sourceCode its file
 * @returns whether it holds an id that is made for every use
 */
export const holdsFreshId = (name: Place, use: Node, sourceCode: SourceCode): boolean => isFresh(name, 'id', use, sourceCode);

function isFresh(key: Place, by: 'id' | 'clock', write: Node, sourceCode: SourceCode): boolean {
  const bindings = bindingsOf(sourceCode);
  const open = new Set<unknown>();
  /** What is run for each item that is being looked at: an id that is made before belongs to all of them. */
  let repeated: readonly Place[] = [];
  const parts = new Set<string>();

  const fresh = (outer: Node, frame: Frame | null, depth: number): boolean => {
    const node = unwrap(outer);
    if (depth > maximumDepth || open.has(node)) return false;
    open.add(node);
    const answer = freshNode(node, frame, depth + 1);
    open.delete(node);
    return answer;
  };

  const freshNode = (node: Node, frame: Frame | null, depth: number): boolean => {
    switch (node.type) {
      case 'TemplateLiteral':
        return node.expressions.some((part) => fresh(part, frame, depth));
      case 'BinaryExpression':
        // `Math.random() * 1e9 | 0`: what is drawn tells itself how much of it is kept.
        return (node.operator === '+' || (by === 'id' && /^(?:[*|&^]|>>>?)$/.test(node.operator))) && [node.left, node.right].some((part) => fresh(part, frame, depth));
      case 'ConditionalExpression':
      case 'LogicalExpression':
        return takenSides(node, frame, sourceCode).every((side) => fresh(side, frame, depth));
      case 'AssignmentExpression':
        return fresh(node.right, frame, depth) || (node.operator !== '=' && fresh(node.left, frame, depth));
      case 'ArrayExpression':
        return node.elements.some((part) => part !== null && fresh(part.type === 'SpreadElement' ? part.argument : part, frame, depth));
      case 'ObjectExpression':
        return node.properties.some((part) => fresh(part.type === 'SpreadElement' ? part.argument : part.value, frame, depth));
      case 'UnaryExpression':
        return (node.operator === '+' || (node.operator === '~' && by === 'id')) && fresh(node.argument, frame, depth);
      case 'Identifier':
        return freshName(node, frame, depth);
      case 'MemberExpression':
        return freshMember(node, frame, depth);
      case 'NewExpression':
        // `new ObjectId(id)` is the id that it is given.
        if (by === 'clock' && isGlobalName(node.callee, 'Date', sourceCode) && node.arguments[0]) return fresh(node.arguments[0], frame, depth);
        return node.arguments.length === 0 && isMadeForItem(node, frame) && (by === 'clock' ? isGlobalName(node.callee, 'Date', sourceCode) : makes(node, frame, classes, sourceCode));
      case 'CallExpression':
        return freshCall(node, frame, depth);
      case 'TaggedTemplateExpression':
        return fresh(node.quasi, frame, depth);
      default:
        return false;
    }
  };

  const freshName = (node: TSESTree.Identifier, frame: Frame | null, depth: number): boolean => {
    const variable = bindings.variableOf(node);
    const pieced = variable && isPiecedTogetherFresh(node, variable, piecesSeenFrom(frame, depth), sourceCode);
    if (typeof pieced === 'boolean') return pieced;
    const definitions = variable ? definitionsReaching(node, bindings.definitionsOf(variable)).filter((definition) => definition.kind !== 'nothing') : [];
    // A name that is built from itself (`key = prefix + key`) is as fresh as what it was before.
    return definitions.length > 0 && definitions.every((definition) => {
      const asked = definitions.length > maximumDefinitions ? variable : definition;
      if (open.has(asked)) return true;
      open.add(asked);
      const answer = freshDefinition(definition, frame, depth);
      open.delete(asked);
      return answer;
    });
  };

  const piecesSeenFrom = (frame: Frame | null, depth: number): Pieces => ({
    isFresh: (part) => !isOfProcess(part) && fresh(part, frame, depth),
    isDefinedFresh: (definition) => {
      if (open.has(definition)) return 'asked';
      open.add(definition);
      const answer = freshDefinition(definition, frame, depth);
      open.delete(definition);
      return answer;
    },
    outcomeOf: (test) => {
      const outcomes = outcomesOf({ node: test, frame }, sourceCode);
      const [outcome] = outcomes ?? [];
      if (outcomes?.size === 1 && outcome !== undefined) return outcome;
      // An id is never empty: `if (options.id) parts.push(options.id)`.
      return fresh(test, frame, depth) ? true : outcomeOfEmpty(test, frame, sourceCode);
    },
    isEmpty: (name) => isLeftEmpty(name, frame, sourceCode),
  });

  /** Made once for the process and written from a function: the second write meets the first. */
  const isOfProcess = (node: Node): boolean => !enclosingFunction(node) && enclosingFunction(write) !== null;

  const freshDefinition = (definition: Definition, frame: Frame | null, depth: number): boolean => {
    if (definition.kind === 'value') {
      if (isOfProcess(definition.node)) return false;
      if (definition.fallback && isDefaulted(definition, frame)) return fresh(definition.fallback, frame, depth);
      return freshPart(definition.value, definition.path, frame, depth);
    }
    if (definition.kind === 'element') return freshItem(definition, [], frame, depth);
    if (definition.kind !== 'parameter') return false;
    const given = argumentFor(definition, frame);
    if (definition.fallback && ((!given && isLeftOut(definition, frame)) || isDefaulted(definition, frame))) return fresh(definition.fallback, frame, depth);
    if (given) return freshPart(given.node, given.path, given.frame, depth);
    // `(event, { awsRequestId }) => …`
    return givesOutId({ node: definition.node, frame, path: [] }, depth) || freshItem(definition, [], frame, depth);
  };

  /** `(room, id = v4())` and `({ room, id = v4() })`, called without an id. */
  const isDefaulted = (definition: Extract<Definition, { kind: 'value' | 'parameter' }>, frame: Frame | null): boolean => {
    const given = frame && givenConstant(definition, frame, sourceCode);
    return given !== null && given.value === undefined;
  };

  /** One row of a list, or what is read of it: `for (const file of files)`, `files.map(({ id }) => …)`. */
  const freshItem = (definition: Extract<Definition, { kind: 'element' | 'parameter' }>, path: Path, frame: Frame | null, depth: number): boolean => {
    const list = definition.kind === 'element' ? definition.of : listHandedTo(definition, frame, sourceCode);
    return list !== null && freshRow(definition.node, { node: list, frame, path: [] }, [...definition.path, ...path], depth);
  };

  const freshRow = (at: Node, list: Origin, read: Path, depth: number): boolean => {
    const before = repeated;
    // The row is another one each time.
    repeated = before.filter(({ node }) => !contains(node, at));
    const answer = freshRows(list, read, depth);
    repeated = before;
    return answer;
  };

  /** What is read of an object or Map that was made and filled for this: while it is filled, a value may be there since the last time. */
  const freshValue = (at: Node, { frame, path }: Omit<Origin, 'node'>, depth: number): boolean => {
    const container = containerReadBy(at);
    if (!container || depth >= maximumDepth) return false;
    const list = { node: container, frame, path: [] };
    const items = madeItemsOf(list, path, sourceCode);
    if (items.length === 0 || items.some((item) => item?.repeated && contains(item.repeated, at))) return false;
    return originsOf(list, sourceCode).every((made) => !isKept(made.node, at)) && freshRow(at, list, path, depth);
  };

  /** Whether something stays from one write to the next. */
  const isKept = (made: Node, at: Node): boolean => {
    const owner = enclosingFunction(made);
    return owner ? contains(owner, at) && isLeftForLater(at, owner, sourceCode) : isOfProcess(made);
  };

  const freshRows = (list: Origin, read: Path, depth: number): boolean => {
    const items = madeItemsOf(list, read, sourceCode);
    if (depth < maximumDepth && items.length > 0 && items.every((item) => item !== null && freshMade(item, depth))) return true;
    // Each row of an answer has an id of its own.
    return originsOf(list, sourceCode, [...list.path, unreadable, ...read]).every((origin) => givesOutId(origin, depth));
  };

  const freshMade = (item: MadeItem, depth: number): boolean => {
    const before = repeated;
    // What tells the items apart makes of one id as many as there are items: `${upload}/${file.name}`.
    if (item.repeated && !isToldApart(item, item.repeated)) repeated = [...before, { node: item.repeated, frame: item.frame }];
    const answer = freshPart(item.node, item.path, item.frame, depth + 1);
    repeated = before;
    return answer;
  };

  const isToldApart = (item: MadeItem, by: Node): boolean =>
    originsOf(item, sourceCode, item.path).every((origin) =>
      [...derivationOf(origin, 'value', sourceCode).visited].some((node) =>
        bindings
          .definitionsAt(node)
          .some((definition) => (definition.kind === 'parameter' ? definition.function === by : (definition.kind === 'element' || definition.kind === 'other') && contains(by, definition.node))),
      ),
    );

  /** Whether something is run for each of the items that are being looked at, or by what is. */
  const isMadeForItem = (node: Node, frame: Frame | null): boolean =>
    repeated.every((outer) => {
      if (frame === outer.frame && contains(outer.node, node)) return true;
      for (let inner = frame; inner; inner = inner.caller) if (inner.caller === outer.frame && contains(outer.node, inner.call)) return true;
      return false;
    });

  const freshPart = (value: Node, path: readonly string[], frame: Frame | null, depth: number): boolean => {
    if (path.length === 0) return fresh(value, frame, depth);
    const whole = unwrap(value);
    const [name, ...below] = path;
    // `store({ key })`: which value the name has here is asked of the name.
    const last = whole.type === 'ObjectExpression' ? whole.properties.findLast((property) => property.type === 'SpreadElement' || propertyName(property) === name) : undefined;
    if (last?.type === 'Property') return freshPart(last.value, below, frame, depth);
    const held = isWrittenTo(value) ? null : freshInObjects(value, path, frame, depth);
    if (held !== null) return held;
    return originsOf({ node: value, frame }, sourceCode, path).every((origin) => freshOrigin(origin.node, origin.path, origin.frame, depth));
  };

  /** A part of objects that are spelt out: which value `{ key }` has there is asked of the name. Null for anything else. */
  const freshInObjects = (value: Node, path: readonly string[], frame: Frame | null, depth: number): boolean | null => {
    const wholes = depth < maximumDepth && unwrap(value).type !== 'ObjectExpression' ? originsOf({ node: value, frame }, sourceCode) : [];
    if (wholes.length === 0 || wholes.some((whole) => whole.path.length > 0 || whole.node.type !== 'ObjectExpression')) return null;
    return wholes.every((whole) => freshPart(whole.node, path, whole.frame, depth + 1));
  };

  const freshMember = (node: TSESTree.MemberExpression, frame: Frame | null, depth: number): boolean => {
    // `letters[Math.floor(Math.random() * letters.length)]`
    if (node.computed && by === 'id' && fresh(node.property, frame, depth)) return true;
    if (freshValue(node, { frame, path: [] }, depth)) return true;
    const name = propertyName(node);
    const held = name === null || isWrittenTo(node.object) ? null : freshInObjects(node.object, [name], frame, depth);
    if (held !== null) return held;
    const origins = originsOf({ node, frame }, sourceCode);
    return origins.every((origin) => origin.node !== node && freshOrigin(origin.node, origin.path, origin.frame, depth));
  };

  /** A property of something: of a call that was given a fresh id under that name, it is the id (`create({ id: uuid() }).id`). */
  const freshOrigin = (node: Node, path: readonly string[], frame: Frame | null, depth: number): boolean => {
    if (path.length === 0) return fresh(node, frame, depth);
    if (givesOutId({ node, frame, path }, depth) || freshValue(node, { frame, path }, depth)) return true;
    const [row] = node.type === 'Identifier' ? bindings.definitionsAt(node) : [];
    if (row?.kind === 'element' || row?.kind === 'parameter') return freshItem(row, path, frame, depth);
    if (node.type !== 'ObjectExpression' && /^(?:\d+|\*)$/.test(path[0] ?? '') && freshRows({ node, frame, path: [] }, path.slice(1), depth)) return true;
    if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return false;
    // `KSUID.randomSync().string`
    if (node.type === 'CallExpression' && by === 'id' && makesId(node, frame, write, sourceCode)) return isMadeForItem(node, frame);
    return node.arguments.some((argument) => {
      if (isFunction(argument)) return by === 'id' && node.type === 'CallExpression' && freshByCallback(argument, node, path, frame, depth);
      const given = unwrap(argument);
      return given.type === 'ObjectExpression' && given.properties.some((property) => property.type === 'Property' && propertyName(property) === path[0] && fresh(property.value, frame, depth));
    });
  };

  /** An id that Lambda has drawn for the invocation, or a database just now, or that another service has made for a request that it does not take for an earlier one. */
  const givesOutId = (origin: Origin, depth: number): boolean => {
    if (by === 'id' && (isDrawnRowId(origin, sourceCode) || isInvocationId(origin, sourceCode))) return isMadeForItem(origin.node, origin.frame);
    const known = by === 'id' ? idOfService(origin, sourceCode) : null;
    return known !== null && isMadeForItem(origin.node, origin.frame) && (known.length === 0 || known.some((value) => fresh(value.node, value.frame, depth)));
  };

  const freshCall = (node: TSESTree.CallExpression, frame: Frame | null, depth: number): boolean => {
    if (by === 'clock' ? tellsTime(node, sourceCode) : makesId(node, frame, write, sourceCode)) return isMadeForItem(node, frame);
    if (freshValue(node, { frame, path: [] }, depth)) return true;
    const called = calledFunctions(node, frame, sourceCode).filter((inner) => !isOpen(frame, inner) && framesDeep(frame) < 4);
    const isMade = called.every((inner) => {
      const returned = bindings.returnsOf(inner);
      const within = enter(inner, node, frame);
      return returned.length > 0 && returned.every((value) => fresh(value, within, depth));
    });
    // A look into another module may find an id, and takes none away that goes in.
    if (called.length > 0 && (isMade || called.some((inner) => isOwn(inner, sourceCode)))) return isMade;
    // What a fresh id is handed to carries it on: `key.toString()`, `join(folder, id)`, `keyFor({ id })`.
    const callee = unwrap(node.callee);
    const method = callee.type === 'MemberExpression' ? (propertyName(callee) ?? '') : '';
    if (callee.type === 'MemberExpression' && (by === 'id' || keepsMilliseconds.test(method)) && fresh(callee.object, frame, depth)) return true;
    if (callee.type === 'MemberExpression' && by === 'clock') notePart(node, callee.object, method, frame, depth);
    return node.arguments.some((argument) => {
      if (isFunction(argument)) return by === 'id' && freshByCallback(argument, node, [], frame, depth);
      return fresh(argument.type === 'SpreadElement' ? argument.argument : argument, frame, depth);
    });
  };

  /** `Array.from({ length: 8 }, () => …)`, one for each character; `tracer.trace('name', async () => …)`, which gives back what it runs. */
  const freshByCallback = (callback: FunctionNode, call: TSESTree.CallExpression, path: readonly string[], frame: Frame | null, depth: number): boolean => {
    const returned = bindings.returnsOf(callback);
    if (isRunForEach(callback)) return returned.some((value) => path.length === 0 && fresh(value, frame, depth));
    return returned.length > 0 && !mayRemember.test(calledName(call)) && returned.every((value) => freshPart(value, path, frame, depth));
  };

  const isWrittenTo = (object: Node): boolean => {
    const variable = bindings.variableOf(unwrap(object));
    return variable !== null && bindings.memberWritesOf(variable).length > 0;
  };

  /** `now.getMonth()` is one of the parts that make a time; `('0' + now.getMonth()).slice(-2)` pads it. */
  const notePart = (node: TSESTree.CallExpression, object: Node, method: string, frame: Frame | null, depth: number): void => {
    const part = partsOfTime.find((name) => method === `get${name}` || method === `getUTC${name}`);
    const [from] = node.arguments;
    const isPadding = /^(?:slice|substr)$/.test(method) && from?.type === 'UnaryExpression';
    if ((part !== undefined || isPadding) && fresh(object, frame, depth) && part !== undefined) parts.add(part);
  };

  return fresh(key.node, key.frame, 0) || parts.size === partsOfTime.length;
}

/** Who is asked for a value twice may give the first one again. */
const mayRemember = /^(?:use[A-Z]\w*|get\w*|wrap|fetch|find\w*|filter|some|every|sort|reduce)$|cache|memo|once|lazy|remember|singleton|ensure|orSet|orCreate|orInsert|default|fallback/i;
