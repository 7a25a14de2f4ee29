import type { Node, SourceCode } from '../../calls/syntax.js';
import { truthOf, type Asks, type Truth } from '../trails/error-test.js';
import type { EndedTrail } from '../trails/trail.js';

/** Predicates were asked when the trail came by them; here their answers are in its decisions, or not known. */
const unasked: Asks = { truth: () => 'unsure', value: () => null };

/**
 * @param test a test
 * @param trail a trail that has ended
 * @param sourceCode the file
 * @returns what it was, by the decisions of the trail or by what it holds
 */
export const truthOnTrail = (test: Node, trail: EndedTrail, sourceCode: SourceCode): Truth => trail.decisions.find((decision) => decision.test === test)?.truth ?? truthOf(test, trail, unasked, sourceCode);
