import type { WriterFact } from '../facts/facts.js';
import type { ProjectFinding } from '../facts/project-finding.js';

/**
 * Objects that several places of a project write, none of them with a condition: each replaces what the others stored.
 *
 * S3 keeps the write that it finished last, whichever was begun first.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/Welcome.html#ConsistencyModel
 *
 * @param writers every write of the project
 * @param elsewhere those of the packages that it builds on: what only they write together is told there
 * @returns a finding for each such object, at its first writer in the project, with the others beside it
 */
export function multipleWriters(writers: readonly WriterFact[], elsewhere: readonly WriterFact[] = []): readonly ProjectFinding[] {
  const byObject = new Map<string, WriterFact[]>();
  for (const writer of [...writers, ...elsewhere]) {
    if (writer.bucket === null || !namesOneObject(writer.key) || writer.unique || writer.condition !== 'never') continue;
    const object = `${writer.bucket}\n${writer.key}`;
    const known = byObject.get(object) ?? [];
    // A call on an interface is one place, whichever implementation it leads to.
    if (!known.some((other) => placeOf(other) === placeOf(writer))) byObject.set(object, [...known, writer]);
  }
  return [...byObject.values()].flatMap((candidates) => {
    // Who calls the function that writes an object writes nothing else than that does.
    const known = new Set(candidates.map(placeOf));
    const places = candidates.filter(({ through }) => !through.some((passed) => known.has(passed)));
    const [first, ...others] = places;
    if (!first || others.length === 0 || elsewhere.includes(first)) return [];
    const where = places.map(({ at }) => `${at.file}:${String(at.line)}`);
    return [
      {
        rule: 'multiple-writers',
        messageId: 'multipleWriters',
        message: `${String(places.length)} places write "${inWords(first.key)}" in bucket "${inWords(first.bucket ?? '')}" with no condition (${where.join(', ')}), so each replaces what the others stored. Let one ${new Set(places.map(({ at }) => at.file)).size > 1 ? 'module' : 'function'} own the object, or send \`IfMatch\` with the ETag that was read, and \`IfNoneMatch: '*'\` to create it.`,
        at: first.at,
        related: others.map(({ at }) => ({ ...at, message: 'It is written here too.' })),
      },
    ];
  });
}

/** As other messages have it: `${process.env.BUCKET}` for `env:BUCKET`. */
const inWords = (pattern: string): string => pattern.replace(/env:([A-Z][A-Z0-9_]*)/g, '${process.env.$1}');

/** As the calls that a write goes through are named. */
const placeOf = ({ at }: WriterFact): string => `${at.file}:${String(at.line)}:${String(at.column)}`;

/** A key that is known, but for parts that stand for one thing each: `avatars/*.jpg` is one object for each user. */
const namesOneObject = (key: string): boolean => !key.startsWith('*') && /[A-Za-z0-9]{2}/.test(key.replace(/\*/g, ''));
