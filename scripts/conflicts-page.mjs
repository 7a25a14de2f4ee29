/**
 * Puts the catalogue of conflicts, `src/s3/conflicts.ts`, into docs/conflicts.md: between its markers stand tables and
 * lists that are made here, and around them what people write.
 *
 *   node scripts/conflicts-page.mjs           writes the page
 *   node scripts/conflicts-page.mjs --check   writes nothing; exit 1 and a sentence when the page is out of date
 *
 * It reads the built catalogue: run `npm run build` before, or all of it by `npm run docs`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const PAGE = new URL('../docs/conflicts.md', import.meta.url);

const CONDITIONS = {
  'create-only': "`IfNoneMatch: '*'`",
  match: '`IfMatch` or its like',
  source: 'a condition on the source',
  offset: '`WriteOffsetBytes`',
  token: 'a client token',
  invalid: 'a condition that S3 does not implement',
};

const RETRIES = {
  retry: 'yes, after a pause',
  're-read then retry': 'yes, after a new read',
  'restart upload': 'yes, as a new upload',
  terminal: 'no',
};

const inCode = (text) => (/^\w+$/.test(text) && /[A-Z]/.test(text.slice(1)) ? `\`${text}\`` : text);

/** Which requests a case is about: "`PutObject`, `CopyObject` with `IfMatch` or its like". */
function requestsOf({ operations, when }) {
  const asked = when.flatMap((kind) => (kind === 'none' ? [] : [CONDITIONS[kind]])).join(', or with ');
  return operations.map(inCode).join(', ') + (asked === '' ? '' : ` with ${asked}`);
}

/** Rows of the codes, one for each of their cases; the first one carries the anchor. */
function rowsOf(codes, anchorOf, requests) {
  return codes.flatMap((entry) => {
    const named = entry.sdkClass !== null && entry.sdkClass !== entry.code ? `<br>\`${entry.sdkClass}\` in the SDK v3` : '';
    return entry.cases.map((found, index) => {
      const anchor = index === 0 ? `<a id="${anchorOf(entry)}"></a>` : '';
      return [`${anchor}[\`${entry.code}\`](${found.page})${named}`, entry.status ?? '?', requests(found), found.meaning, RETRIES[found.retry], found.advice];
    });
  });
}

const tableOf = (heads, rows) => [heads, heads.map(() => ':--'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** What stands between the markers, by the name of the marker. */
function partsOf({ conflictCatalogue, anchorOf }) {
  const ofS3 = conflictCatalogue.filter(({ service }) => service === 'S3');
  const others = conflictCatalogue.filter(({ service }) => service !== 'S3');
  const heads = ['Code', 'HTTP', 'Requests', 'What it means', 'Try again?', 'What to do'];
  const list = (codes) => codes.map(({ code }) => `\`${code}\``).join(', ');
  return {
    classes: [
      `- With a class of its own in \`@aws-sdk/client-s3\`: ${list(ofS3.filter(({ sdkClass }) => sdkClass !== null))}.`,
      `- Without one: ${list(ofS3.filter(({ sdkClass }) => sdkClass === null))}.`,
    ].join('\n'),
    's3-table': tableOf(heads, rowsOf(ofS3, anchorOf, requestsOf)),
    'other-table': tableOf(
      ['Service', ...heads],
      others.flatMap((entry) => rowsOf([entry], anchorOf, ({ operations }) => operations.map(inCode).join(', ')).map((cells) => [entry.service, ...cells])),
    ),
  };
}

/**
 * @param page the page as it is
 * @param catalogue the module `src/s3/conflicts.ts`
 * @returns the page as it should be
 */
export function conflictsPage(page, catalogue) {
  const parts = partsOf(catalogue);
  return Object.entries(parts).reduce((text, [name, part]) => {
    const [begin, end] = [`<!-- begin generated: ${name} -->`, `<!-- end generated: ${name} -->`];
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (from === -1 || to < from) throw new Error(`docs/conflicts.md needs the markers "${begin}" and "${end}", in this order.`);
    return `${text.slice(0, from + begin.length)}\n\n${part}\n\n${text.slice(to)}`;
  }, page);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const wanted = process.argv.slice(2);
  if (wanted.some((argument) => argument !== '--check')) {
    console.error(`There is one argument, --check; not ${wanted.join(' ')}.`);
    process.exit(2);
  }
  const page = readFileSync(PAGE, 'utf8');
  const made = conflictsPage(page, await import('../build/s3/conflicts.js'));
  if (wanted.length === 0) {
    if (made !== page) writeFileSync(PAGE, made);
  } else if (made !== page) {
    console.error('docs/conflicts.md is out of date. Run `npm run docs` and look at the change.');
    process.exit(1);
  }
}
