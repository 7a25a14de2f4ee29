import { explain, nearestSubjects } from './explain.js';
import type { Streams } from './streams.js';

/**
 * @param subject what is asked about
 * @param streams where to write
 * @returns the exit code
 */
export function runExplain(subject: string, { out, error }: Streams): 0 | 2 {
  const found = explain(subject);
  if (found) {
    out(found.text);
    return 0;
  }
  const near = nearestSubjects(subject);
  error(`Nothing is known of \`${subject}\`${near.length > 0 ? `: did you mean ${near.map((name) => `\`${name}\``).join(' or ')}` : ''}. Name a rule, an error code of S3, or an HTTP status.\n`);
  return 2;
}
