/**
 * What does this plugin cost on the files that it has nothing to say about?
 *
 *   npm run build && node bench/files-without-s3.mjs
 *
 * In most projects nearly every file has nothing to do with S3, so this is the price that users pay.
 * The script makes 1,000 TypeScript files without S3, lints them with this plugin, with
 * eslint-plugin-security and with typescript-eslint, and prints the times side by side.
 * It prints figures only; what is too much is for the reader to say.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { ESLint } from 'eslint';
import * as parser from '@typescript-eslint/parser';
import security from 'eslint-plugin-security';
import tseslint from 'typescript-eslint';

const FILES = 1000;
const MEASURED_PASSES = 3;

const built = new URL('../dist/index.js', import.meta.url);
if (!existsSync(built)) {
  console.error('The plugin is not built: run "npm run build" first.');
  process.exit(1);
}
const { default: s3 } = await import(built.href);

const CONFIGS = {
  's3 recommended': [s3.configs.recommended],
  'security recommended': [security.configs.recommended],
  'typescript-eslint recommended': tseslint.configs.recommended,
};

// ---------------------------------------------------------------- the files

/** Mulberry32. A seed of our own, so that every run and every machine lints the same text. */
function seededRandom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const random = seededRandom(20);
const pick = (list) => list[Math.floor(random() * list.length)];
const between = (low, high) => low + Math.floor(random() * (high - low + 1));
const shuffled = (list) =>
  list
    .map((item) => ({ item, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);

const NOUNS = [
  'Order', 'Invoice', 'Customer', 'Shipment', 'Ticket', 'Session', 'Coupon', 'Review', 'Product',
  'Payment', 'Refund', 'Address', 'Supplier', 'Booking', 'Device', 'Report', 'Webhook', 'Tenant',
];
const FIELDS = [
  ['email', 'string'], ['status', 'string'], ['total', 'number'], ['currency', 'string'],
  ['quantity', 'number'], ['active', 'boolean'], ['notes', 'string'], ['priority', 'number'],
  ['verified', 'boolean'], ['region', 'string'], ['score', 'number'], ['locale', 'string'],
];
const someFields = () => shuffled(FIELDS).slice(0, between(3, 7));
const lines = (list, indent, line) => list.map((item) => ' '.repeat(indent) + line(item)).join('\n');

/**
 * The pieces of which a file is made. Each takes a noun (`Invoice`) and its name as a variable (`invoice`).
 * Words such as key, bucket, put, get and etag are here on purpose: ordinary code uses them too,
 * and a plugin that looks at names alone would stop at each of them.
 */
const PIECES = [
  (Noun, noun) => {
    const fields = someFields();
    return `
export interface ${Noun} {
  readonly id: string;
${lines(fields, 2, ([name, type]) => `${name}${pick(['', '?'])}: ${type};`)}
  updatedAt: Date;
}

export class ${Noun}Repository {
  readonly #rows = new Map<string, ${Noun}>();
  private reads = 0;

  constructor(private readonly database: Database, private readonly table = '${noun}s') {}

  async get(id: string): Promise<${Noun} | undefined> {
    this.reads += 1;
    const cached = this.#rows.get(id);
    if (cached) return cached;
    const [row] = await this.database.query<${Noun}>(\`select * from \${this.table} where id = $1\`, [id]);
    if (row) this.#rows.set(id, row);
    return row;
  }

  async put(id: string, change: Partial<${Noun}>): Promise<${Noun}> {
    const current = await this.get(id);
    if (!current) throw new NotFoundError('${noun}', id);
    const next: ${Noun} = { ...current, ...change, updatedAt: new Date() };
    await this.database.execute(\`update \${this.table} set data = $2 where id = $1\`, [id, JSON.stringify(next)]);
    this.#rows.set(id, next);
    return next;
  }

  get size(): number {
    return this.#rows.size;
  }
}
`;
  },

  (Noun, noun) => `
const ${noun}Schema = z.object({
  id: z.string().uuid(),
${lines(someFields(), 2, ([name, type]) => `${name}: z.${type}()${pick(['', '.optional()', '.nullable()'])},`)}
  tags: z.array(z.string().max(${between(10, 80)})).default([]),
});

export type ${Noun}Input = z.infer<typeof ${noun}Schema>;

export function parse${Noun}(input: unknown): ${Noun}Input {
  const result = ${noun}Schema.safeParse(input);
  if (!result.success) {
    const problems = result.error.issues.map((issue) => \`\${issue.path.join('.')}: \${issue.message}\`);
    throw new TypeError(\`not a ${noun}: \${problems.join('; ')}\`);
  }
  return result.data;
}
`,

  (Noun, noun) => `
export const ${noun}Router = express.Router();

${noun}Router.get('/${noun}s/:id', async (request, response, next) => {
  try {
    const ${noun} = await find${Noun}(request.params.id);
    if (!${noun}) {
      response.status(404).json({ error: '${noun} not found' });
      return;
    }
    response.set('ETag', ${noun}.etag).json(_.omit(${noun}, ['etag', '${pick(FIELDS)[0]}']));
  } catch (error) {
    next(error);
  }
});

${noun}Router.post('/${noun}s', async (request, response, next) => {
  try {
    const { ${pick(FIELDS)[0]}, ...rest } = request.body ?? {};
    const page = Number(request.query['page'] ?? ${between(0, 3)});
    logger.info({ page, keys: Object.keys(rest) }, 'creating ${noun}');
    response.status(201).json(await create${Noun}(rest));
  } catch (error) {
    if (error instanceof ConflictError) response.status(409).end();
    else next(error);
  }
});

async function find${Noun}(id: string): Promise<{ id: string; etag: string } | null> {
  const found = await cache.get(\`${noun}:\${id}\`);
  return found ? JSON.parse(found) : null;
}

async function create${Noun}(body: Record<string, unknown>): Promise<Record<string, unknown>> {
  const key = \`${noun}:\${Date.now()}\`;
  await cache.set(key, JSON.stringify(body), { ttl: ${between(30, 900)} });
  return { key, ...body };
}
`,

  (Noun, noun) => {
    const [field] = pick(FIELDS);
    return `
export function summarise${Noun}s(${noun}s: readonly Record<string, any>[], limit = ${between(5, 50)}) {
  const groups = _.groupBy(${noun}s, '${field}');
  const totals = _.mapValues(groups, (group) => _.sumBy(group, 'total'));
  const [largest] = _.orderBy(Object.entries(totals), ([, total]) => total, 'desc');
  return {
    count: ${noun}s.length,
    totals,
    largest: largest?.[0] ?? 'none',
    newest: _.chain(${noun}s).sortBy('updatedAt').reverse().take(limit).map('id').value(),
  };
}

export function diff${Noun}(before: Record<string, unknown>, after: Record<string, unknown>): string[] {
  const changed: string[] = [];
  for (const name of _.union(Object.keys(before), Object.keys(after))) {
    if (!_.isEqual(before[name], after[name])) changed.push(name);
  }
  return changed;
}
`;
  },

  (Noun, noun) => `
const ${noun.toUpperCase()}_NUMBER = /^(?<prefix>[A-Z]{${between(2, 4)}})-(?<year>\\d{4})-(?<serial>\\d{${between(4, 8)}})$/u;
const ${noun.toUpperCase()}_SLUG = /[^a-z0-9]+/gi;

export function parse${Noun}Number(text: string): { prefix: string; year: number; serial: number } | null {
  const groups = ${noun.toUpperCase()}_NUMBER.exec(text.trim())?.groups;
  if (!groups) return null;
  return { prefix: groups['prefix']!, year: Number(groups['year']), serial: parseInt(groups['serial']!, 10) };
}

export const slugOf${Noun} = (title: string): string =>
  title
    .normalize('NFKD')
    .replace(${noun.toUpperCase()}_SLUG, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase();
`,

  (Noun, noun) => `
export async function sync${Noun}s(ids: readonly string[], attempts = ${between(2, 6)}): Promise<number> {
  let done = 0;
  for (const id of ids) {
    for (let attempt = 1; attempt <= attempts; attempt++) {
      try {
        const response = await fetch(\`\${process.env.${noun.toUpperCase()}_URL}/${noun}s/\${encodeURIComponent(id)}\`);
        if (response.status === 412 || response.status === 409) continue;
        if (!response.ok) throw new Error(\`${noun} \${id}: \${response.status}\`);
        done += 1;
        break;
      } catch (error) {
        if (attempt === attempts) throw error;
        logger.warn({ id, attempt, error }, 'retrying ${noun}');
        await new Promise((resolve) => setTimeout(resolve, 2 ** attempt * ${between(20, 200)}));
      }
    }
  }
  return done;
}
`,

  (Noun, noun) => `
export const ${noun}Settings = {
  name: '${noun}',
  enabled: process.env.NODE_ENV !== 'test',
  limits: { perMinute: ${between(10, 500)}, burst: ${between(5, 60)}, bucketSize: ${between(100, 900)} },
  labels: {
${lines(someFields(), 4, ([name]) => `${name}: '${capitalised(name)}',`)}
  },
  hooks: {
    before: [(value: unknown) => value ?? null],
    after: [] as Array<(value: unknown) => void>,
  },
} as const;

export class ${Noun}RateLimiter {
  private readonly buckets = new Map<string, { tokens: number; filledAt: number }>();

  take(key: string, now = Date.now()): boolean {
    const { perMinute, bucketSize } = ${noun}Settings.limits;
    const bucket = this.buckets.get(key) ?? { tokens: bucketSize, filledAt: now };
    const refill = ((now - bucket.filledAt) / 60_000) * perMinute;
    bucket.tokens = Math.min(bucketSize, bucket.tokens + refill);
    bucket.filledAt = now;
    this.buckets.set(key, bucket);
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }
}
`,

  (Noun, noun) => {
    const states = shuffled(['draft', 'open', 'held', 'sent', 'closed', 'failed']).slice(0, 4);
    return `
export type ${Noun}State = ${states.map((state) => `'${state}'`).join(' | ')};
export type ${Noun}Event = { type: 'advance'; by: string } | { type: 'reset'; reason?: string };

/** Moves a ${noun} on; throws when it cannot move. */
export function next${Noun}State(state: ${Noun}State, event: ${Noun}Event): ${Noun}State {
  if (event.type === 'reset') return '${states[0]}';
  switch (state) {
${states.map((state, at) => `    case '${state}':\n      ${states[at + 1] ? `return '${states[at + 1]}';` : `throw new RangeError(\`${state} is final (\${event.by})\`);`}`).join('\n')}
    default:
      return assertNever(state);
  }
}
`;
  },
];

function capitalised(word) {
  return word[0].toUpperCase() + word.slice(1);
}

const HEADER = `import express from 'express';
import _ from 'lodash';
import { z } from 'zod';
import { cache } from '../cache.js';
import type { Database } from '../database.js';
import { ConflictError, NotFoundError, assertNever } from '../errors.js';
import { logger } from '../logger.js';
`;

/** One module: pieces in random order, each for another noun, until it is as long as it should be. */
function moduleText() {
  const length = between(80, 112);
  const nouns = shuffled(NOUNS);
  let text = HEADER;
  while (true) {
    for (const piece of shuffled(PIECES)) {
      const Noun = nouns.pop();
      text += piece(Noun, Noun.toLowerCase());
      if (text.split('\n').length >= length) return text;
    }
  }
}

// ---------------------------------------------------------------- the measurement

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** Lints every file once with `rules` (flat config objects) and says where the time went, in ms. */
async function lintOnce(folder, rules) {
  const eslint = new ESLint({
    cwd: folder,
    stats: true,
    overrideConfigFile: true,
    overrideConfig: [...rules, { files: ['**/*.ts'], languageOptions: { parser } }],
  });
  const start = performance.now();
  const results = await eslint.lintFiles(['**/*.ts']);
  const total = performance.now() - start;

  // A file that does not parse, or is not linted at all, would make every plugin look fast.
  const broken = results.find((result) => result.fatalErrorCount > 0);
  if (broken) throw new Error(`A generated file does not parse: ${broken.messages[0].message}`);
  if (results.length !== FILES) throw new Error(`ESLint linted ${results.length} files of ${FILES}.`);

  const passes = results.flatMap((result) => result.stats.times.passes);
  const ruleTimes = passes.flatMap((pass) => Object.values(pass.rules ?? {}));
  return {
    parse: sum(passes.map((pass) => pass.parse.total)),
    rule: sum(ruleTimes.map((time) => time.total)),
    total,
    rules: ruleTimes.length / FILES,
    reports: sum(results.map((result) => result.messages.length)),
  };
}

/** One row of the table: the median pass by rule time, whole, so that its figures belong together. */
function row(passes) {
  const middle = median(passes.map((pass) => pass.rule));
  const pass = passes.find(({ rule }) => rule === middle);
  const perFile = passes.map(({ rule }) => (rule * 1000) / FILES);
  return {
    rules: pass.rules,
    'parse ms': Math.round(pass.parse),
    'rule ms': Number(pass.rule.toFixed(1)),
    'total ms': Math.round(pass.total),
    'rule share %': Number(((100 * pass.rule) / pass.total).toFixed(2)),
    'rule µs/file': Number(((pass.rule * 1000) / FILES).toFixed(1)),
    'lowest–highest': `${Math.min(...perFile).toFixed(1)}–${Math.max(...perFile).toFixed(1)}`,
    reports: pass.reports,
  };
}

const folder = mkdtempSync(join(tmpdir(), 's3-bench-'));
try {
  mkdirSync(join(folder, 'src'));
  const lengths = [];
  for (let at = 0; at < FILES; at++) {
    const text = moduleText();
    lengths.push(text.trimEnd().split('\n').length);
    writeFileSync(join(folder, 'src', `module-${String(at).padStart(4, '0')}.ts`), text);
  }
  console.log(
    `${FILES} TypeScript files without S3, ${Math.min(...lengths)} to ${Math.max(...lengths)} lines, ${sum(lengths)} in all.`,
  );
  console.log(`ESLint ${ESLint.version}, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown CPU'}.`);

  // Round by round rather than config by config: a machine that slows down then slows all of them.
  const measured = Object.fromEntries(Object.keys(CONFIGS).map((name) => [name, []]));
  for (let round = 0; round <= MEASURED_PASSES; round++) {
    for (const [name, rules] of Object.entries(CONFIGS)) {
      const pass = await lintOnce(folder, rules);
      if (round > 0) measured[name].push(pass); // round 0 warms up the disk cache and the JIT
    }
  }

  console.log(`One warm-up pass, then ${MEASURED_PASSES} measured passes of each config; the median pass by rule time:\n`);
  console.table(Object.fromEntries(Object.entries(measured).map(([name, passes]) => [name, row(passes)])));
  console.log(
    [
      'parse ms   sum of stats.times.passes[].parse: the parser and its scope analysis',
      'rule ms    sum of stats.times.passes[].rules[].total: create() and every listener of every rule. It holds',
      '           the two clock reads that ESLint adds to each of these calls with `stats`, and whatever lazy',
      '           shared work a rule is the first to ask for; it does not hold the traversal that calls the rules',
      'total ms   wall time of ESLint#lintFiles, reading the files included; share = rule ms / total ms',
      'rules      rules that ran, on average a file; lowest–highest: rule µs/file over the measured passes',
    ].join('\n'),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
