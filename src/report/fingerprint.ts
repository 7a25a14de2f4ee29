import { createHash } from 'node:crypto';

import { enclosingNames } from './enclosing-names.js';
import { regionOf } from './region.js';
import type { FileResult, Message } from './report.js';
import type { TextLines } from './text-lines.js';

/**
 * What tells a finding from others, and stays the same while nobody touches it: it is made of the rule, the path, the
 * text that is flagged as far as formatters leave it alone, and the names of the functions around it. Lines, columns
 * and the words of the message are not in it. Findings that are equal in all of this are counted, from the top of the file.
 *
 * @param result the messages of a file, suppressed ones too: the count does not change when one of them is suppressed
 * @param path of the file, relative to the root
 * @param lines its text; null where it is not known
 * @returns a fingerprint for each message
 */
export function fingerprintsOf({ messages, suppressedMessages }: FileResult, path: string, lines: TextLines | null): ReadonlyMap<Message, string> {
  const seen = new Map<string, number>();
  const inOrder = [...messages, ...suppressedMessages].sort((one, other) => one.line - other.line || one.column - other.column);
  return new Map(
    inOrder.map((message) => {
      const identity = JSON.stringify([message.ruleId, path, ...contentOf(message, lines)]);
      const count = (seen.get(identity) ?? 0) + 1;
      seen.set(identity, count);
      return [message, createHash('sha256').update(`${identity} ${count}`).digest('hex').slice(0, 32)] as const;
    }),
  );
}

/** Where the text is not known, the kind of the message has to do. */
function contentOf(message: Message, lines: TextLines | null): readonly string[] {
  const region = lines && regionOf(message, lines);
  if (!lines || !region) return [message.messageId ?? ''];
  return [withoutFormat(lines.between(region.from, region.to)), ...enclosingNames(lines, region.from)];
}

/** What formatters change: space, line breaks, commas and semicolons at the end, the kind of quotes. */
const withoutFormat = (text: string): string =>
  text
    .replace(/\s+/g, '')
    .replace(/["`]/g, "'")
    .replace(/[,;]+(?=[)\]}]|$)/g, '');
