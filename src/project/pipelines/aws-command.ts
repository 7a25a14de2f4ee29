import { basename } from 'node:path/posix';

import { freshnessOf, piecesOf, shownOf, type Piece, type Scope } from './freshness.js';
import { literal, spelling, type ShellCommand, type ShellWord } from './shell-command.js';

/** A write to S3 by the AWS CLI. */
export type AwsWrite =
  /** `aws s3api put-object` and its like: one request, which can carry a condition. */
  | { readonly kind: 'request'; readonly operation: RequestName; readonly condition: 'absent' | 'sent' | 'unknown'; readonly bucket: readonly Piece[]; readonly key: readonly Piece[]; readonly start: number; readonly end: number }
  /** `aws s3 cp`, `mv` and `sync` to S3. */
  | {
      readonly kind: 'upload';
      readonly operation: 'cp' | 'mv' | 'sync';
      /** Where it writes, without `s3://`: the bucket, and the key or the prefix of its keys. */
      readonly bucket: readonly Piece[];
      readonly key: readonly Piece[];
      /** Whether what the source does not hold is deleted at the destination. */
      readonly deletes: boolean;
      readonly start: number;
      readonly end: number;
    };

export type RequestName = 'put-object' | 'copy-object' | 'complete-multipart-upload';

/** Their arguments are text, or programs of their own. */
const speaking = new Set(['echo', 'printf', 'cat', 'grep', 'egrep', 'which', 'type', 'hash', 'man', 'alias', 'sed', 'awk', 'git', 'test', '[', '[[', ':', 'true']);

/** https://docs.aws.amazon.com/cli/latest/reference/s3/sync.html: the options without a value, and the global ones. */
const withoutValue = new Set([
  ...['--dryrun', '--quiet', '--follow-symlinks', '--no-follow-symlinks', '--guess-mime-type', '--no-guess-mime-type', '--only-show-errors', '--progress', '--no-progress', '--ignore-glacier-warnings', '--force-glacier-transfer'],
  ...['--recursive', '--delete', '--size-only', '--exact-timestamps', '--no-overwrite', '--debug', '--verify-ssl', '--no-verify-ssl', '--paginate', '--no-paginate', '--sign-request', '--no-sign-request', '--no-cli-pager', '--no-cli-auto-prompt', '--cli-auto-prompt'],
]);

const requests: readonly RequestName[] = ['put-object', 'copy-object', 'complete-multipart-upload'];

/** Stores on the machine itself, filled before a test. */
const localEndpoint = /localhost|127\.0\.0\.1|0\.0\.0\.0|host\.docker\.internal|localstack|\bminio:\d/;

/**
 * @param command a command
 * @param scope what its names stand for
 * @returns the write to S3 that it is; null where it is none, none to AWS, or only shown (`--dryrun`)
 */
export function awsWrite(command: ShellCommand, scope: Scope): AwsWrite | null {
  const given = argumentsOfAws(command.words);
  if (!given) return null;
  const { options, positional } = sorted(given.words);
  const [service, operation, ...paths] = positional;
  const { start, end } = given;
  if (isLocal(options, scope)) return null;
  if (literal(service) === 's3api') {
    const name = requests.find((request) => request === literal(operation));
    return name === undefined ? null : requestOf(name, options, paths, given, scope);
  }
  const name = literal(operation);
  if (literal(service) !== 's3' || (name !== 'cp' && name !== 'mv' && name !== 'sync')) return null;
  if (options.some((option) => option.name === '--dryrun' || option.name === '--no-overwrite')) return null;
  const places = paths.length > 2 ? paths.filter((path) => path.parts.some((part) => part.kind === 'text' && part.text !== '')) : paths;
  const [source, destination] = places;
  if (!source || !destination || places.length !== 2) return null;
  const to = destinationOf(piecesOf(destination, scope));
  if (!to) return null;
  const deletes = options.some((option) => option.name === '--delete');
  // What a name carries for ever has one content: hashed assets.
  if (!deletes && options.some((option) => option.name === '--cache-control' && option.value && /immutable/.test(shownOf(piecesOf(option.value, scope))))) return null;
  const one = name !== 'sync' && !options.some((option) => option.name === '--recursive');
  return { kind: 'upload', operation: name, bucket: to.bucket, key: one ? withFileName(to, source, scope) : to.key, deletes, start, end };
}

/**
 * @param commands the commands of one text, in whatever order they are run
 * @param scope what its names stand for
 * @returns whether they enable versioning of a bucket that is named the same way, and do not suspend it again
 */
export function versionedBy(commands: readonly ShellCommand[], scope: Scope): (bucket: readonly Piece[]) => boolean {
  // `$BUCKET` is `${BUCKET}`.
  const nameOf = (bucket: readonly Piece[]): string => shownOf(bucket).replace(/\$\{(\w+)\}/g, (_, name: string) => `$${name}`);
  const enabled = new Set<string>();
  const others = new Set<string>();
  for (const command of commands) {
    const given = argumentsOfAws(command.words);
    const { options, positional } = sorted(given?.words ?? []);
    if (literal(positional[0]) !== 's3api' || literal(positional[1]) !== 'put-bucket-versioning' || isLocal(options, scope)) continue;
    const bucket = nameOf(valueOf('--bucket', options, scope));
    // `Status=Enabled`, `MFADelete=Disabled,Status=Enabled`, `{"Status": "Enabled"}`
    const isEnabled = /\bStatus["']?\s*[=:]\s*["']?Enabled\b/.test(shownOf(valueOf('--versioning-configuration', options, scope)));
    if (bucket !== '') (isEnabled ? enabled : others).add(bucket);
  }
  return (bucket) => enabled.has(nameOf(bucket)) && !others.has(nameOf(bucket));
}

const isLocal = (options: readonly Option[], scope: Scope): boolean => localEndpoint.test(shownOf(valueOf('--endpoint-url', options, scope)));

interface GivenWords {
  readonly words: readonly ShellWord[];
  readonly start: number;
  readonly end: number;
}

/** Behind `sudo`, `docker run … amazon/aws-cli`, `python -m awscli` and the like. */
function argumentsOfAws(words: readonly ShellWord[]): GivenWords | null {
  if (speaking.has(literal(words[0]) ?? '')) return null;
  const at = words.findIndex((word, index) => {
    const text = spelling(word);
    return /(?:^|\/)aws(?:\.exe)?$/.test(text) || /(?:^|\/)aws-cli(?::[^/]*)?$/.test(text) || (text === 'awscli' && literal(words[index - 1]) === '-m');
  });
  const [first, last] = [words[at], words.at(-1)];
  return first && last ? { words: words.slice(at + 1), start: first.start, end: last.end } : null;
}

interface Option {
  readonly name: string;
  readonly value: ShellWord | null;
}

function sorted(words: readonly ShellWord[]): { readonly options: readonly Option[]; readonly positional: readonly ShellWord[] } {
  const options: Option[] = [];
  const positional: ShellWord[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index];
    if (!word) break;
    const text = spelling(word);
    const joined = /^(--[\w-]+)=/.exec(text)?.[1];
    if (joined !== undefined) options.push({ name: joined, value: valueBehind(word, joined.length + 1) });
    else if (/^--[\w-]+$/.test(text)) {
      const takes = !withoutValue.has(text);
      options.push({ name: text, value: takes ? (words[index + 1] ?? null) : null });
      if (takes) index += 1;
    }
    // `aws $AWS_FLAGS s3 cp`: before the service there is no path.
    else if (positional.length > 0 || word.parts.every((part) => part.kind === 'text')) positional.push(word);
  }
  return { options, positional };
}

function valueBehind(word: ShellWord, length: number): ShellWord {
  const [first, ...rest] = word.parts;
  return first?.kind === 'text' ? { ...word, parts: [{ kind: 'text', text: first.text.slice(length) }, ...rest] } : word;
}

function requestOf(operation: RequestName, options: readonly Option[], others: readonly ShellWord[], { words, start, end }: GivenWords, scope: Scope): AwsWrite | null {
  const key = valueOf('--key', options, scope);
  // A folder as the console makes it: there is nothing in it to lose.
  if (operation === 'put-object' && shownOf(key).endsWith('/') && !options.some(({ name }) => name === '--body')) return null;
  const isSent = words.some((word) => /--if-(?:none-)?match\b/.test(spelling(word)));
  const isOpen = options.some(({ name }) => /^--cli-input-|^--generate-cli-skeleton$/.test(name)) || others.some(isExpansion);
  return { kind: 'request', operation, condition: isSent ? 'sent' : isOpen ? 'unknown' : 'absent', bucket: valueOf('--bucket', options, scope), key, start, end };
}

function valueOf(name: string, options: readonly Option[], scope: Scope): readonly Piece[] {
  const value = options.find((option) => option.name === name)?.value;
  return value ? piecesOf(value, scope) : [];
}

/** `$EXTRA`, `"${ARGS[@]}"` in the place of an option: it may hold any. */
const isExpansion = (word: ShellWord): boolean => word.parts.length > 0 && word.parts.every((part) => part.kind !== 'text' || part.text === '');

interface Destination {
  readonly bucket: readonly Piece[];
  readonly key: readonly Piece[];
}

/** `s3://bucket/key`, cut at its slash. */
function destinationOf(pieces: readonly Piece[]): Destination | null {
  const [first, ...rest] = pieces;
  if (!first || !/^s3:\/\//i.test(first.shown)) return null;
  const bucket: Piece[] = [];
  const key: Piece[] = [];
  let inKey = false;
  for (const piece of [{ ...first, shown: first.shown.slice('s3://'.length) }, ...rest]) {
    // A slash inside of `${{ … }}` or `${NAME##*/}` is none of the place.
    const slash = inKey || /^\$[{(]/.test(piece.shown) ? -1 : piece.shown.indexOf('/');
    if (inKey) key.push(piece);
    else if (slash < 0) bucket.push(piece);
    else {
      bucket.push({ ...piece, shown: piece.shown.slice(0, slash) });
      key.push({ ...piece, shown: piece.shown.slice(slash + 1) });
      inKey = true;
    }
  }
  const seen = ({ shown }: Piece): boolean => shown !== '';
  return { bucket: bucket.filter(seen), key: key.filter(seen) };
}

/** A file that is copied to a folder keeps its name: `cp app-1.2.zip s3://bucket/`. */
function withFileName({ bucket, key }: Destination, source: ShellWord, scope: Scope): readonly Piece[] {
  // `s3://${BUCKET}${PATH}app.zip` names the file, though where the bucket ends cannot be seen.
  if (key.length > 0 ? !shownOf(key).endsWith('/') : bucket.length > 1) return key;
  const from = piecesOf(source, scope);
  const whole = shownOf(from);
  if (freshnessOf(from) === 'shared' && !/[$*?]/.test(whole)) return [...key, { shown: basename(whole), freshness: 'shared' }];
  return [...key, { shown: '…', freshness: /[*?]/.test(whole) ? 'unknown' : freshnessOf(from) }];
}
