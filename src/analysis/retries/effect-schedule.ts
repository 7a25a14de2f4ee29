import type { TSESTree } from '@typescript-eslint/utils';

import { entitiesOf, entityOf } from '../../calls/entities.js';
import type { Place } from '../../calls/frames.js';
import { originsOf, type Origin } from '../../calls/origins.js';
import { methodName, unwrap, type Node, type SourceCode } from '../../calls/syntax.js';
import { effectName, scheduleOperators, schedules } from '../../libraries/retry-libraries.js';
import { decidersAt, type RetryDecider } from './retry-decider.js';
import { agreeing, type RetryDelay } from './retry-delay.js';
import { numbersOf } from './retry-options.js';

/** How a schedule of Effect recurs. https://effect.website/docs/scheduling/schedule-combinators/ */
export interface EffectSchedule {
  readonly recurs: 'forever' | 'limited' | 'unknown';
  /** How often it recurs at most; null where time ends it, or the number is not seen. */
  readonly most: number | null;
  readonly delay: RetryDelay;
  /** What it asks about the error. */
  readonly deciders: readonly RetryDecider[];
}

const unknown: EffectSchedule = { recurs: 'unknown', most: null, delay: 'unknown', deciders: [] };

const maximumDepth = 8;

/**
 * @param place an expression
 * @param sourceCode its file
 * @returns how it recurs; null where it is no schedule that is made in this file
 */
export function scheduleAt(place: Place, sourceCode: SourceCode, depth = 0): EffectSchedule | null {
  const found = originsOf(place, sourceCode).map((origin) => (depth > maximumDepth ? null : scheduleOf(origin, sourceCode, depth + 1)));
  const [first, ...others] = found;
  if (!first) return null;
  return others.length === 0 ? first : { ...unknown, deciders: found.flatMap((schedule) => schedule?.deciders ?? []) };
}

const nameOf = (node: Node, sourceCode: SourceCode): string | null => {
  for (const entity of entitiesOf({ node, frame: null }, sourceCode)) {
    const name = effectName(entity, 'Schedule');
    if (name !== null) return name;
  }
  return null;
};

function scheduleOf(origin: Origin, sourceCode: SourceCode, depth: number): EffectSchedule | null {
  const constant = entityOf(origin);
  const name = constant && effectName(constant, 'Schedule');
  if (name) return made(name, [], sourceCode);
  const { node, path } = origin;
  if (node.type !== 'CallExpression' || path.length > 0) return null;
  const called = nameOf(node.callee, sourceCode);
  const [first, ...others] = node.arguments;
  if (called !== null) {
    if (!Object.hasOwn(scheduleOperators, called)) return made(called, node.arguments, sourceCode);
    const self = first && scheduleAt({ node: first, frame: null }, sourceCode, depth);
    return self ? changed(self, called, others, sourceCode, depth) : unknown;
  }
  const callee = unwrap(node.callee);
  const isMethod = methodName(node) === 'pipe' && callee.type === 'MemberExpression';
  const isFunction = entitiesOf({ node: callee, frame: null }, sourceCode).some(({ module, path: names }) => /^effect(?:\/Function)?$/.test(module) && names.at(-1) === 'pipe');
  const start = isMethod ? callee.object : isFunction ? first : undefined;
  const self = start && scheduleAt({ node: start, frame: null }, sourceCode, depth);
  if (!self) return null;
  return (isMethod ? node.arguments : others).reduce((schedule, operator) => piped(schedule, operator, sourceCode, depth), self);
}

/** One operator of a pipe: `Schedule.jittered`, `Schedule.upTo('1 minute')`. */
function piped(self: EffectSchedule, operator: TSESTree.CallExpressionArgument, sourceCode: SourceCode, depth: number): EffectSchedule {
  const node = unwrap(operator);
  const name = nameOf(node.type === 'CallExpression' ? node.callee : node, sourceCode);
  return name === null ? { ...unknown, deciders: self.deciders } : changed(self, name, node.type === 'CallExpression' ? node.arguments : [], sourceCode, depth);
}

function made(name: string, given: readonly Node[], sourceCode: SourceCode): EffectSchedule {
  const kind = Object.hasOwn(schedules, name) ? schedules[name] : undefined;
  const [first] = given;
  if (kind) {
    const numbers = name === 'recurs' && first ? numbersOf({ node: first, frame: null }, sourceCode) : null;
    if (numbers?.includes(Infinity)) return { ...unknown, recurs: 'forever', delay: kind.delay };
    const most = name === 'once' ? 1 : name === 'stop' ? 0 : numbers && Math.max(...numbers);
    return { recurs: kind.recurs, most, delay: kind.delay, deciders: [] };
  }
  // `Schedule.recurWhile(isThrottled)`: for ever, without delay, while what it is handed says so.
  const ends = { recurWhile: 'when false', recurUntil: 'when true' } as const;
  const asks = name === 'recurWhile' || name === 'recurUntil' ? ends[name] : null;
  if (asks && first) return { recurs: 'forever', most: null, delay: 'none', deciders: decidersAt({ node: first, frame: null }, { error: 0, heldAs: null, ends: asks }, sourceCode) };
  return unknown;
}

function changed(self: EffectSchedule, name: string, given: readonly Node[], sourceCode: SourceCode, depth: number): EffectSchedule {
  const change = Object.hasOwn(scheduleOperators, name) ? scheduleOperators[name] : undefined;
  const [first] = given;
  const other = (): EffectSchedule => (first && scheduleAt({ node: first, frame: null }, sourceCode, depth)) ?? unknown;
  if (change === undefined) return { ...unknown, deciders: self.deciders };
  if (typeof change === 'object') return { ...self, deciders: [...self.deciders, ...(first ? decidersAt({ node: first, frame: null }, { error: 0, heldAs: null, ends: change.asks }, sourceCode) : [])] };
  switch (change) {
    case 'same':
      return self;
    case 'jitters':
      // Chance scales what is waited: of nothing it makes nothing.
      return { ...self, delay: self.delay === 'none' || self.delay === 'unknown' ? self.delay : 'jittered' };
    case 'ends':
      return { ...self, recurs: 'limited' };
    case 'both':
      return both(self, other());
    case 'either':
      return either(self, other());
    case 'then':
      return after(self, other());
  }
}

const byLength = ['none', 'constant', 'growing', 'jittered'] as const;

/** It recurs while both do, and waits for the longer delay. */
export function both(one: EffectSchedule, other: EffectSchedule): EffectSchedule {
  const recurs = [one.recurs, other.recurs].includes('limited') ? 'limited' : agree(one.recurs, other.recurs);
  const counts = [one.most, other.most].filter((most) => most !== null);
  const delays = [one.delay, other.delay];
  return {
    recurs,
    most: counts.length > 0 ? Math.min(...counts) : null,
    delay: delays.includes('unknown') ? 'unknown' : (byLength.findLast((delay) => delays.includes(delay)) ?? 'unknown'),
    deciders: [...one.deciders, ...other.deciders],
  };
}

/** It recurs while one does, and waits for the shorter delay. What one of them asks does not end it. */
function either(one: EffectSchedule, other: EffectSchedule): EffectSchedule {
  const decided = [one, other].find(({ deciders }) => deciders.length > 0) !== undefined;
  if (decided) return { ...unknown, deciders: [...one.deciders, ...other.deciders] };
  const recurs = [one.recurs, other.recurs].includes('forever') ? 'forever' : agree(one.recurs, other.recurs);
  return { recurs, most: null, delay: agreeing([one.delay, other.delay]), deciders: [] };
}

function after(one: EffectSchedule, other: EffectSchedule): EffectSchedule {
  if (one.recurs === 'forever' && one.deciders.length === 0) return one;
  const most = one.most !== null && other.most !== null ? one.most + other.most : null;
  return { recurs: one.recurs === 'limited' ? other.recurs : 'unknown', most, delay: agreeing([one.delay, other.delay]), deciders: [...one.deciders, ...other.deciders] };
}

const agree = (one: EffectSchedule['recurs'], other: EffectSchedule['recurs']): EffectSchedule['recurs'] => (one === other ? one : 'unknown');
