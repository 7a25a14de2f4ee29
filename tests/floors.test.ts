import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, it } from 'vitest';

/** The floors of the house, from the ground up. A file imports from its own floor and from those below it. */
const floors: readonly (readonly string[])[] = [['s3', 'libraries', 'facts'], ['calls'], ['analysis'], ['fixers'], ['rule'], ['rules'], ['configs'], ['index.ts']];

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

it('has a floor for every file', () => {
  expect(files.filter((file) => floorOf(file) < 0)).toEqual([]);
});

it('imports downward only', () => {
  expect(inside.length).toBeGreaterThan(100);
  expect(inside.filter(({ from, target }) => floorOf(target) > floorOf(from)).map(({ from, target }) => `${from} → ${target}`)).toEqual([]);
});

it('knows nothing of the syntax tree on the ground floor', () => {
  expect(imports.filter(({ from, to }) => floorOf(from) === 0 && to.includes('typescript-eslint')).map(({ from }) => from)).toEqual([]);
});

it('loads neither typescript, nor ts-morph, nor a parser', () => {
  const loaded = imports.filter(({ to, typeOnly }) => !typeOnly && !to.startsWith('.') && !to.startsWith('node:')).map(({ to }) => to);
  expect([...new Set(loaded)]).toEqual(['@typescript-eslint/utils/eslint-utils']);
  // What is required at run time: ajv when there are settings to read, and the package's own manifest.
  const required = files.flatMap((file) => [...readFileSync(join(root, file), 'utf8').matchAll(/\b(?:require|createRequire\(import\.meta\.url\))\('([^']+)'\)/g)].map((match) => `${file}: ${match[1] ?? ''}`));
  expect(required.filter((line) => !/\bimport\('/.test(line) && !line.startsWith('calls/')).sort()).toEqual(['facts/settings.ts: ajv', 'index.ts: ../package.json']);
});
