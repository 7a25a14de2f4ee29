import type { BucketFact } from '../../../facts/bucket-fact.js';
import type { Link, Stack } from './stack.js';
import { identityOf, joinTexts, type TemplateText } from './template-text.js';

/** Texts may lead to others through exports and nested stacks: what takes more steps than this is not followed. */
const maximumReadings = 50;

/**
 * @param stacks what the templates of a project declare
 * @returns its buckets, each with the environment variables that hold its name in every case. A variable that may hold
 *   something else as well, by a condition, is left out: it does not name one of the buckets for sure.
 */
export function connectStacks(stacks: readonly Stack[]): readonly BucketFact[] {
  const links = linksByHole(stacks.flatMap((stack) => stack.links));
  const buckets = stacks.flatMap((stack) => stack.buckets).map(({ fact, name }) => ({ fact, readings: readingsOf(name, links), environment: new Set<string>() }));
  const byReading = new Map<string, (typeof buckets)[number][]>();
  for (const bucket of buckets) for (const reading of bucket.readings) byReading.set(reading, [...(byReading.get(reading) ?? []), bucket]);

  const named = (text: TemplateText) => [...readingsOf(text, links)].flatMap((reading) => byReading.get(reading) ?? []);
  for (const { name, text, choices } of stacks.flatMap((stack) => stack.variables)) {
    const held = choices.map(named);
    const certain = held.every((found) => found.length > 0) ? held.flat() : named(text);
    for (const bucket of certain) bucket.environment.add(name);
  }
  return buckets.map(({ fact, environment }) => ({ ...fact, environment: [...environment].sort() }));
}

/** An export that two templates make is neither's, as far as is known; a template nested twice is given both its arguments. */
function linksByHole(links: readonly Link[]): ReadonlyMap<string, readonly TemplateText[]> {
  const byHole = new Map<string, TemplateText[]>();
  for (const { hole, text } of links) byHole.set(hole, [...(byHole.get(hole) ?? []), text]);
  for (const [hole, texts] of byHole) if (isImport(hole) && texts.length > 1) byHole.delete(hole);
  return byHole;
}

const isImport = (hole: string): boolean => hole.startsWith('import ');

/** A text as it stands, and as it reads with its holes filled. */
function readingsOf(text: TemplateText, links: ReadonlyMap<string, readonly TemplateText[]>): ReadonlySet<string> {
  const texts = [text];
  const readings = new Set<string>();
  for (const next of texts) {
    const reading = identityOf(next);
    if (reading === null || readings.has(reading)) continue;
    readings.add(reading);
    for (const [index, piece] of next.entries()) {
      const fillings = typeof piece === 'string' || piece.hole === null ? [] : (links.get(piece.hole) ?? []);
      for (const filling of fillings) if (texts.length < maximumReadings) texts.push(joinTexts([next.slice(0, index), filling, next.slice(index + 1)]));
    }
  }
  return readings;
}
