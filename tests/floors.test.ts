import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, it } from 'vitest';

/** The floors of the house, from the ground up. A file imports from its own floor and from those below it. */
const floors: readonly (readonly string[])[] = [['s3', 'libraries', 'facts'], ['calls'], ['analysis'], ['fixers'], ['rule'], ['rules'], ['configs'], ['index.ts'], ['check'], ['analyzer.ts'], ['cli']];

/** Beside them, the analyzer's own: what each of them may stand on, and who may use it. */
const beside: Readonly<Record<string, { readonly on: readonly string[]; readonly under: readonly string[] }>> = {
  project: { on: ['project', 'analysis', 'calls', 'libraries', 's3', 'facts'], under: ['project', 'check'] },
  report: { on: ['report', 'facts'], under: ['report', 'check', 'analyzer.ts', 'cli'] },
};

const root = fileURLToPath(new URL('../src/', import.meta.url));
const floorOf = (file: string): number => floors.findIndex((floor) => floor.includes(file.split('/')[0] ?? ''));

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

function importsOf(file: string): Import[] {
  const source = readFileSync(join(root, file), 'utf8');
  return [...source.matchAll(/^(?:import|export) (type )?[^;]*?from '([^']+)';|(?<!typeof )\bimport\('([^']+)'\)|^import '([^']+)';/gm)].map((match) => ({
    from: file,
    to: match[2] ?? match[3] ?? match[4] ?? '',
    typeOnly: match[1] !== undefined || /^import \{ type [^,}]+(?:, type [^,}]+)* \}/.test(match[0]),
  }));
}

const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const imports = files.flatMap(importsOf);
const inside = imports.filter(({ to }) => to.startsWith('.')).map((edge) => ({ ...edge, target: normalize(join(dirname(edge.from), edge.to)).replace(/\.js$/, '.ts') }));

const partOf = (file: string): string => file.split('/')[0] ?? '';
/** What a host loads with the plugin: the analyzer stands above it. */
const isPlugin = (file: string): boolean => floorOf(file) >= 0 && floorOf(file) <= floorOf('index.ts');

it('has a floor for every file', () => {
  expect(files.filter((file) => floorOf(file) < 0 && beside[partOf(file)] === undefined)).toEqual([]);
});

it('imports downward only', () => {
  expect(inside.length).toBeGreaterThan(100);
  const upward = inside.filter(({ from, target }) => {
    const [above, below] = [beside[partOf(from)], beside[partOf(target)]];
    if (above) return !above.on.includes(partOf(target));
    return below ? !below.under.includes(partOf(from)) : floorOf(target) > floorOf(from);
  });
  expect(upward.map(({ from, target }) => `${from} → ${target}`)).toEqual([]);
});

it('keeps the analyzer out of the plugin', () => {
  expect(inside.filter(({ from, target }) => isPlugin(from) && !isPlugin(target)).map(({ from, target }) => `${from} → ${target}`)).toEqual([]);
});

it('knows nothing of the syntax tree on the ground floor', () => {
  expect(imports.filter(({ from, to }) => floorOf(from) === 0 && to.includes('typescript-eslint')).map(({ from }) => from)).toEqual([]);
});

it('loads neither typescript, nor ts-morph, nor a parser', () => {
  const loaded = imports.filter(({ from, to, typeOnly }) => isPlugin(from) && !typeOnly && !to.startsWith('.') && !to.startsWith('node:')).map(({ to }) => to);
  expect([...new Set(loaded)]).toEqual(['@typescript-eslint/utils/eslint-utils']);
  // What is required at run time: ajv when there are settings to read, and the package's own manifest.
  const required = files.filter(isPlugin).flatMap((file) => [...readFileSync(join(root, file), 'utf8').matchAll(/\b(?:require|createRequire\(import\.meta\.url\))\('([^']+)'\)/g)].map((match) => `${file}: ${match[1] ?? ''}`));
  expect(required.filter((line) => !/\bimport\('/.test(line) && !line.startsWith('calls/')).sort()).toEqual(['facts/settings.ts: ajv', 'index.ts: eslint-plugin-s3/package.json']);
});
