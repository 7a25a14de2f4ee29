import { describe, expect, it } from 'vitest';

import { moduleGraph, type ExportedName, type ModuleGraph } from '../../src/project/module-graph.js';
import { specifiersIn } from '../../src/project/modules/specifiers.js';
import type { SourceTree } from '../../src/project/source-tree.js';

/** A project that is not on disk. */
function treeOf(files: Readonly<Record<string, string>>): SourceTree {
  return { root: '/project', files: Object.keys(files).sort(), read: (path) => files[path] ?? null, warnings: () => [] };
}

const graphOf = (files: Readonly<Record<string, string>>): Promise<ModuleGraph> => Promise.resolve(moduleGraph(treeOf(files)));

const shown = ({ module, name }: ExportedName): string => `${module}#${name}`;

/** Who imports what a module declares: `importer: asked at specifier → name`, the module's own path left out. */
async function importsOf(module: string, files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const names = [...(await graphOf(files)).exportsOf(module).values()].map(({ name }) => name);
  return (await graphOf(files))
    .importsOf(module, names, () => true)
    .map(({ importer, specifier, asked, target }) => `${importer}: ${asked} at ${specifier} → ${target.module === module ? target.name : shown(target)}`);
}

async function exportsOf(module: string, files: Readonly<Record<string, string>>): Promise<Readonly<Record<string, string>>> {
  const names = [...(await graphOf(files)).exportsOf(module)].sort(([one], [other]) => (one < other ? -1 : 1));
  const asked = await graphOf(files);
  // Asked for one by one, in a graph that has parsed nothing yet, they are the same.
  expect(names.map(([name]) => [name, asked.exportOf(module, name)])).toEqual(names);
  return Object.fromEntries(names.map(([name, target]) => [name, target.module === module ? target.name : shown(target)]));
}

/** A module with one function that writes, and one that reads. */
const s3 = 'export async function putJson() {}\nexport const getJson = async () => {};\nexport default class Storage {}';

describe('who imports a module', () => {
  it.each([
    { name: 'a named import', code: "import { putJson } from './s3'; putJson();", asked: ['putJson at ./s3 → putJson'] },
    { name: 'under another name', code: "import { putJson as save, getJson } from './s3';", asked: ['putJson at ./s3 → putJson', 'getJson at ./s3 → getJson'] },
    { name: 'a name in quotes', code: "import { 'putJson' as save } from './s3';", asked: ['putJson at ./s3 → putJson'] },
    { name: 'a default import', code: "import Anything from './s3';", asked: ['default at ./s3 → default'] },
    { name: 'a default by its name', code: "import { default as Anything } from './s3';", asked: ['default at ./s3 → default'] },
    { name: 'both', code: "import Anything, { putJson } from './s3';", asked: ['default at ./s3 → default', 'putJson at ./s3 → putJson'] },
    { name: 'the module as a namespace', code: "import * as s3 from './s3'; s3.putJson();", asked: ['* at ./s3 → *'] },
    { name: 'a type: a class is a way to what it wraps', code: "import type Storage from './s3'; import { type putJson } from './s3';", asked: ['default at ./s3 → default', 'putJson at ./s3 → putJson'] },
    { name: 'an import of TypeScript', code: "import s3 = require('./s3'); s3.putJson();", asked: ['* at ./s3 → *'] },
    { name: 'an import in a type', code: "let a: import('./s3').default; let b: typeof import('./s3');", asked: ['default at ./s3 → default', '* at ./s3 → *'] },
    { name: 'require as a whole', code: "const s3 = require('./s3'); s3.putJson();", asked: ['* at ./s3 → *'] },
    { name: 'require taken apart', code: "const { putJson, getJson: read } = require('./s3');", asked: ['putJson at ./s3 → putJson', 'getJson at ./s3 → getJson'] },
    { name: 'require and rest', code: "const { putJson, ...others } = require('./s3');", asked: ['putJson at ./s3 → putJson', '* at ./s3 → *'] },
    { name: 'one member of require', code: "const save = require('./s3').putJson; require('./s3')['getJson']();", asked: ['putJson at ./s3 → putJson', 'getJson at ./s3 → getJson'] },
    { name: 'require in a function', code: "function f() { const s3 = require('./s3'); }", asked: ['* at ./s3 → *'] },
    { name: 'a dynamic import, taken apart', code: "const { putJson } = await import('./s3');", asked: ['putJson at ./s3 → putJson'] },
    { name: 'a member of a dynamic import', code: "async function f() { await (await import('./s3')).putJson(); }", asked: ['putJson at ./s3 → putJson'] },
    { name: 'a dynamic import and what follows', code: "import('./s3').then(({ putJson }) => putJson());", asked: ['putJson at ./s3 → putJson'] },
    { name: 'members of what follows', code: "import('./s3').then((s3) => s3.putJson(s3.getJson()));", asked: ['putJson at ./s3 → putJson', 'getJson at ./s3 → getJson'] },
    { name: 'what follows, handed on', code: "import('./s3').then((s3) => use(s3));", asked: ['* at ./s3 → *'] },
    { name: 'a dynamic import as it is', code: "const loading = import(/* webpackChunkName: 's3' */ './s3');", asked: ['* at ./s3 → *'] },
    { name: 'a comment before the specifier', code: "const s3 = require(\n  // the old one\n  './s3');", asked: ['* at ./s3 → *'] },
    { name: 'a name that the module does not have', code: "import { deleteJson } from './s3';", asked: [] },
    { name: 'an import for its effects', code: "import './s3'; require('./s3'); await import('./s3');", asked: [] },
    { name: 'a mock: it replaces the module', code: "vi.mock('./s3'); jest.mock('./s3', () => ({ putJson() {} })); vi.mock(import('./s3'), async () => ({ putJson: (await import('./s3')).putJson }));", asked: [] },
    { name: 'the real module behind a mock', code: "const real = await vi.importActual<typeof import('./s3')>('./s3'); const also = jest.requireActual('./s3');", asked: [] },
    { name: 'where a module lies', code: "require.resolve('./s3'); import.meta.resolve('./s3');", asked: [] },
    { name: 'a comment and a text', code: "// import { putJson } from './s3'\nconst text = `import { putJson } from './s3'`;", asked: [] },
  ])('$name', async ({ code, asked }) => {
    expect(await importsOf('s3.ts', { 's3.ts': s3, 'a.ts': code })).toEqual(asked.map((line) => `a.ts: ${line}`));
  });

  it('is listed in the order of the files, each import once', async () => {
    const files = { 's3.ts': s3, 'b.ts': "import { putJson } from './s3'; import { putJson as again } from './s3'", 'a.ts': "import { getJson } from './s3'", 'c.ts': '' };
    expect(await importsOf('s3.ts', files)).toEqual(['a.ts: getJson at ./s3 → getJson', 'b.ts: putJson at ./s3 → putJson']);
  });

  it('is nobody for a module that is not there', async () => {
    expect(await importsOf('s4.ts', { 's3.ts': s3 })).toEqual([]);
  });
});

describe('who imports a module by way of others', () => {
  const barrels = [
    { name: 'export *', barrel: "export * from './s3';", use: "import { putJson } from './barrel';", asked: ['putJson at ./barrel → putJson'] },
    { name: 'named', barrel: "export { putJson } from './s3';", use: "import { putJson } from './barrel';", asked: ['putJson at ./barrel → putJson'] },
    { name: 'renamed', barrel: "export { putJson as save } from './s3';", use: "import { save } from './barrel';", asked: ['save at ./barrel → putJson'] },
    { name: 'the default under a name', barrel: "export { default as Storage } from './s3';", use: "import { Storage } from './barrel';", asked: ['Storage at ./barrel → default'] },
    { name: 'a name as the default', barrel: "export { putJson as default } from './s3';", use: "import save from './barrel';", asked: ['default at ./barrel → putJson'] },
    { name: 'imported, then exported', barrel: "import { putJson as put } from './s3'; export { put as save };", use: "import { save } from './barrel';", asked: ['save at ./barrel → putJson'] },
    { name: 'imported, then exported as the default', barrel: "import { putJson } from './s3'; export default putJson;", use: "import save from './barrel';", asked: ['default at ./barrel → putJson'] },
    { name: 'an import of TypeScript, exported', barrel: "export import s3 = require('./s3');", use: "import { s3 } from './barrel';", asked: ['s3 at ./barrel → *', 's3.putJson at ./barrel → putJson', 's3.getJson at ./barrel → getJson', 's3.default at ./barrel → default'] },
    { name: 'a namespace', barrel: "export * as s3 from './s3';", use: "import { s3 } from './barrel';", asked: ['s3 at ./barrel → *', 's3.putJson at ./barrel → putJson', 's3.getJson at ./barrel → getJson', 's3.default at ./barrel → default'] },
    { name: 'a namespace, imported first', barrel: "import * as s3 from './s3'; export { s3 };", use: "import { s3 } from './barrel';", asked: ['s3 at ./barrel → *', 's3.putJson at ./barrel → putJson', 's3.getJson at ./barrel → getJson', 's3.default at ./barrel → default'] },
    { name: 'types only', barrel: "export type { default as Storage } from './s3';", use: "import type { Storage } from './barrel';", asked: ['Storage at ./barrel → default'] },
    { name: 'the barrel as a namespace: what is used of it, exportsOf tells', barrel: "export * from './s3';", use: "import * as all from './barrel';", asked: ['* at ./barrel → barrel.ts#*'] },
    { name: 'CommonJS, whole', barrel: "module.exports = require('./s3');", use: "const { putJson } = require('./barrel');", asked: ['putJson at ./barrel → putJson'] },
    { name: 'CommonJS, copied', barrel: "Object.assign(module.exports, require('./s3'), { own: 1 });", use: "const { putJson } = require('./barrel');", asked: ['putJson at ./barrel → putJson'] },
    { name: 'CommonJS, spread', barrel: "module.exports = { ...require('./s3'), own: 1 };", use: "const { putJson } = require('./barrel');", asked: ['putJson at ./barrel → putJson'] },
    { name: 'CommonJS, by name', barrel: "const { putJson, getJson } = require('./s3'); module.exports = { putJson, load: getJson };", use: "const { putJson, load } = require('./barrel');", asked: ['putJson at ./barrel → putJson', 'load at ./barrel → getJson'] },
    { name: 'CommonJS, a member', barrel: "exports.save = require('./s3').putJson; const s3 = require('./s3'); exports.load = s3.getJson;", use: "const { save, load } = require('./barrel');", asked: ['save at ./barrel → putJson', 'load at ./barrel → getJson'] },
    { name: 'CommonJS, a folder of modules', barrel: "module.exports = { s3: require('./s3') };", use: "const { s3 } = require('./barrel');", asked: ['s3 at ./barrel → *', 's3.putJson at ./barrel → putJson', 's3.getJson at ./barrel → getJson', 's3.default at ./barrel → default'] },
    {
      name: 'what TypeScript compiles',
      barrel: '"use strict"; Object.defineProperty(exports, "__esModule", { value: true }); exports.save = void 0; var s3_1 = require("./s3"); Object.defineProperty(exports, "save", { enumerable: true, get: function () { return s3_1.putJson; } }); __exportStar(require("./s3"), exports);',
      use: "import { save, getJson } from './barrel';",
      asked: ['save at ./barrel → putJson', 'getJson at ./barrel → getJson'],
    },
  ];
  it.each(barrels)('$name', async ({ barrel, use, asked }) => {
    expect(await importsOf('s3.ts', { 's3.ts': s3, 'barrel.ts': barrel, 'a.ts': use })).toEqual(asked.map((line) => `a.ts: ${line}`));
  });

  it('counts a file that passes a name on and uses it too', async () => {
    const barrel = "import { putJson, getJson } from './s3'; export { putJson, getJson }; putJson();";
    expect(await importsOf('s3.ts', { 's3.ts': s3, 'barrel.ts': barrel })).toEqual(['barrel.ts: putJson at ./s3 → putJson']);
  });

  it('goes through barrels of barrels, and round in circles', async () => {
    const files = {
      's3.ts': s3,
      'lib/index.ts': "export * from '../s3'; export * from '../all';",
      'all.ts': "export * from './lib'; export { putJson as save } from './lib';",
      'a.ts': "import { save, getJson } from './all';",
    };
    expect(await importsOf('s3.ts', files)).toEqual(['a.ts: save at ./all → putJson', 'a.ts: getJson at ./all → getJson']);
  });

  it('ends where a module gives itself out as a namespace', async () => {
    const files = { 's3.ts': `${s3}\nexport * as s3 from './s3';`, 'barrel.ts': "export * as self from './barrel'; export * from './s3';", 'a.ts': "import { putJson } from './barrel';" };
    expect(await importsOf('s3.ts', files)).toContain('a.ts: putJson at ./barrel → putJson');
    expect(await exportsOf('barrel.ts', files)).toMatchObject({ putJson: 's3.ts#putJson', self: '*' });
  });

  it('does not take a name of the barrel itself for the one that it hides', async () => {
    const files = { 's3.ts': s3, 'barrel.ts': "export * from './s3'; export function putJson() {}", 'a.ts': "import { putJson } from './barrel';", 'b.ts': "import { getJson } from './barrel';" };
    expect(await importsOf('s3.ts', files)).toEqual(['b.ts: getJson at ./barrel → getJson']);
    expect(await importsOf('barrel.ts', files)).toEqual(['a.ts: putJson at ./barrel → putJson']);
  });

  it('does not hand a default on with the rest', async () => {
    expect(await importsOf('s3.ts', { 's3.ts': s3, 'barrel.ts': "export * from './s3';", 'a.ts': "import Storage from './barrel';" })).toEqual([]);
  });
});

describe('what a module gives out', () => {
  it.each([
    { name: 'declarations', code: 'export function a() {} export class B {} export const { c, d: [e] } = x; export let f, g; export enum H {} export interface I {} export type J = 1; export namespace K {}', names: { a: 'a', B: 'B', c: 'c', e: 'e', f: 'f', g: 'g', H: 'H', I: 'I', J: 'J', K: 'K' } },
    { name: 'lists', code: 'const a = 1, b = 2; export { a, b as c, b as default };', names: { a: 'a', c: 'c', default: 'default' } },
    { name: 'a default without a name', code: 'export default () => {};', names: { default: 'default' } },
    { name: 'a default function', code: 'export default function put() {}', names: { default: 'default' } },
    { name: 'export =', code: 'class Storage {} export = Storage;', names: { default: '*' } },
    { name: 'module.exports, a list', code: 'function a() {} module.exports = { a, b: a, c() {}, "d-e": 1, [f]: 2 };', names: { a: 'a', b: 'b', c: 'c', 'd-e': 'd-e', default: '*' } },
    { name: 'module.exports, a function with members', code: 'function put() {} put.json = () => {}; module.exports = put;', names: { json: 'json', default: '*' } },
    { name: 'module.exports, a constant', code: 'const api = { a() {} }; api.b = () => {}; module.exports = api;', names: { a: 'a', b: 'b', default: '*' } },
    { name: 'both at once', code: 'const api = (exports = module.exports = {}); api.a = 1; exports.b = 2; module.exports.c = 3; exports["d"] = 4;', names: { a: 'a', b: 'b', c: 'c', d: 'd', default: '*' } },
    { name: 'a default of compiled code', code: 'Object.defineProperty(exports, "__esModule", { value: true }); exports.default = put;', names: { default: 'default' } },
    { name: 'what comes from outside: left out', code: "export { S3Client } from '@aws-sdk/client-s3'; export * from 'missing'; export const a = 1;", names: { a: 'a' } },
    { name: 'JSX in a .js file', code: 'export const View = () => <div>{"a"}</div>;', names: { View: 'View' }, file: 'a.js' },
    { name: 'a file with mistakes: what can be read of it', code: 'export const a = ; export function b( {', names: { a: 'a', b: 'b' } },
    { name: 'nothing', code: '', names: {} },
  ])('$name', async ({ code, names, file = 'a.ts' }) => {
    expect(await exportsOf(file, { [file]: code })).toEqual(names);
  });

  it('is followed to where it is declared, a namespace with its names', async () => {
    const files = {
      's3.ts': s3,
      'types.ts': 'export interface Bucket {}',
      'index.ts': "export * from './s3'; export { default as Storage, putJson as save } from './s3'; export * as types from './types';",
    };
    expect(await exportsOf('index.ts', files)).toEqual({
      Storage: 's3.ts#default',
      getJson: 's3.ts#getJson',
      putJson: 's3.ts#putJson',
      save: 's3.ts#putJson',
      types: 'types.ts#*',
      'types.Bucket': 'types.ts#Bucket',
    });
  });

  it('is not what two modules disagree about, unless they have it from one', async () => {
    const files = { 'a.ts': "export const put = 1; export * from './c';", 'b.ts': "export const put = 2; export * from './c';", 'c.ts': 'export const get = 1;', 'index.ts': "export * from './a'; export * from './b';" };
    expect(await exportsOf('index.ts', files)).toEqual({ get: 'c.ts#get' });
  });

  it('has no end of its own where names go round in a circle', async () => {
    const files = { 'a.ts': "export { put } from './b';", 'b.ts': "export { put } from './a';" };
    expect(await exportsOf('a.ts', files)).toEqual({});
    expect((await graphOf(files)).exportOf('a.ts', 'put')).toBeNull();
  });
});

describe('the file that a specifier means', () => {
  it.each([
    { specifier: './x', files: ['x.ts'], means: 'x.ts' },
    { specifier: './x.js', files: ['x.ts'], means: 'x.ts' },
    { specifier: './x.js', files: ['x.tsx'], means: 'x.tsx' },
    { specifier: './x.js', files: ['x.js', 'x.ts'], means: 'x.ts' },
    { specifier: './x.mjs', files: ['x.mts'], means: 'x.mts' },
    { specifier: './x.cjs', files: ['x.cts'], means: 'x.cts' },
    { specifier: './x.jsx', files: ['x.tsx'], means: 'x.tsx' },
    { specifier: './x.ts', files: ['x.ts'], means: 'x.ts' },
    { specifier: './x.server', files: ['x.server.ts'], means: 'x.server.ts' },
    { specifier: './x', files: ['x/index.ts'], means: 'x/index.ts' },
    { specifier: './x', files: ['x.ts', 'x/index.ts'], means: 'x.ts' },
    { specifier: './x/', files: ['x/index.js'], means: 'x/index.js' },
    { specifier: '.', files: ['index.ts'], means: 'index.ts' },
    { specifier: '..', files: ['index.ts'], from: 'lib/a.ts', means: 'index.ts' },
    { specifier: '../x', files: ['x.ts'], from: 'lib/a.ts', means: 'x.ts' },
    { specifier: './x.json', files: ['x.json'], means: 'x.json' },
    { specifier: './x.svg?url', files: ['x.svg'], means: 'x.svg' },
    { specifier: '../../x', files: ['x.ts'], from: 'lib/a.ts', means: null },
    { specifier: './y', files: ['x.ts'], means: null },
    { specifier: 'x', files: ['x.ts'], means: null },
    { specifier: 'node:fs', files: ['fs.ts'], means: null },
    { specifier: 'https://example.com/x.ts', files: ['x.ts'], means: null },
  ])('$specifier among $files: $means', async ({ specifier, files, from = 'a.ts', means }) => {
    const graph = await graphOf(Object.fromEntries([from, ...files].map((file) => [file, ''])));
    expect(graph.resolve(from, specifier)).toBe(means);
  });

  it('is what the package.json of a folder names', async () => {
    const graph = await graphOf({ 'a.js': '', 'lib/package.json': '{ "main": "./main.js" }', 'lib/main.js': '' });
    expect(graph.resolve('a.js', './lib')).toBe('lib/main.js');
  });

  const config = (compilerOptions: object, others: object = {}): string => JSON.stringify({ compilerOptions, ...others });
  it.each([
    { name: 'paths', files: { 'tsconfig.json': config({ paths: { '@/*': ['./src/*'] } }) }, specifier: '@/s3', means: 'src/s3.ts' },
    { name: 'paths from baseUrl', files: { 'tsconfig.json': config({ baseUrl: 'src', paths: { '~/*': ['*'] } }) }, specifier: '~/s3', means: 'src/s3.ts' },
    { name: 'baseUrl alone', files: { 'tsconfig.json': config({ baseUrl: './src' }) }, specifier: 's3', means: 'src/s3.ts' },
    { name: 'an exact path', files: { 'tsconfig.json': config({ paths: { storage: ['./src/s3.ts'] } }) }, specifier: 'storage', means: 'src/s3.ts' },
    { name: 'the longest prefix', files: { 'tsconfig.json': config({ paths: { '*': ['./other/*'], 'app/*': ['./src/*'] } }) }, specifier: 'app/s3', means: 'src/s3.ts' },
    { name: 'the first target that is there', files: { 'tsconfig.json': config({ paths: { '@/*': ['./missing/*', './src/*'] } }) }, specifier: '@/s3', means: 'src/s3.ts' },
    { name: 'comments and trailing commas', files: { 'tsconfig.json': '{ // aliases\n "compilerOptions": { "paths": { "@/*": ["./src/*"], }, }, /* end */ }' }, specifier: '@/s3', means: 'src/s3.ts' },
    { name: 'a byte order mark', files: { 'tsconfig.json': `\uFEFF${config({ paths: { '@/*': ['./src/*'] } })}` }, specifier: '@/s3', means: 'src/s3.ts' },
    { name: 'jsconfig.json', files: { 'jsconfig.json': config({ paths: { '@/*': ['./src/*'] } }) }, specifier: '@/s3', means: 'src/s3.ts' },
    { name: 'what is extended', files: { 'tsconfig.json': '{ "extends": "./config/base" }', 'config/base.json': config({ paths: { '@/*': ['../src/*'] } }) }, specifier: '@/s3', means: 'src/s3.ts' },
    { name: 'the last of several that are extended', files: { 'tsconfig.json': '{ "extends": ["./one.json", "./two.json"] }', 'one.json': config({ paths: { '@/*': ['./other/*'] } }), 'two.json': config({ paths: { '@/*': ['./src/*'] } }) }, specifier: '@/s3', means: 'src/s3.ts' },
    { name: 'what a package extends for it', files: { 'tsconfig.json': '{ "extends": "@acme/config/base.json" }', 'package.json': '{ "workspaces": ["packages/*"] }', 'packages/config/package.json': '{ "name": "@acme/config" }', 'packages/config/base.json': config({ paths: { '@/*': ['${configDir}/src/*'] } }) }, specifier: '@/s3', means: 'src/s3.ts' },
    { name: 'a circle of what is extended', files: { 'tsconfig.json': config({ paths: { '@/*': ['./src/*'] } }, { extends: './other.json' }), 'other.json': '{ "extends": "./tsconfig.json" }' }, specifier: '@/s3', means: 'src/s3.ts' },
    { name: 'a solution, whose parts have the aliases', files: { 'tsconfig.json': '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }] }', 'tsconfig.app.json': config({ paths: { '@/*': ['./src/*'] } }) }, specifier: '@/s3', means: 'src/s3.ts' },
    { name: 'imports of package.json', files: { 'package.json': '{ "imports": { "#lib/*": "./dist/*.js", "#s3": { "types": "./dist/s3.d.ts", "default": "./dist/s3.js" } } }' }, specifier: '#s3', means: 'src/s3.ts' },
    { name: 'imports by pattern', files: { 'package.json': '{ "imports": { "#lib/*": "./dist/*.js" } }' }, specifier: '#lib/s3', means: 'src/s3.ts' },
  ])('by $name', async ({ files, specifier, means }) => {
    const graph = await graphOf({ 'src/s3.ts': '', 'src/a.ts': '', ...files });
    expect(graph.resolve('src/a.ts', specifier)).toBe(means);
    expect(graph.warnings()).toEqual([]);
  });

  it('is decided by the nearest config of a monorepo', async () => {
    const alias = config({ paths: { '@/*': ['./src/*'] } });
    const graph = await graphOf({ 'apps/web/tsconfig.json': alias, 'apps/web/src/s3.ts': '', 'apps/api/tsconfig.json': alias, 'apps/api/src/s3.ts': '', 'tsconfig.json': alias, 'src/s3.ts': '', 'src/only.ts': '' });
    expect(graph.resolve('apps/web/src/a.ts', '@/s3')).toBe('apps/web/src/s3.ts');
    expect(graph.resolve('apps/api/test/a.ts', '@/s3')).toBe('apps/api/src/s3.ts');
    expect(graph.resolve('scripts/a.ts', '@/s3')).toBe('src/s3.ts');
    expect(graph.resolve('apps/api/test/a.ts', '@/only')).toBe('src/only.ts');
  });
});

describe('the source of a package of the workspace', () => {
  const member = (manifest: object): string => JSON.stringify({ name: '@acme/storage', ...manifest });
  it.each([
    { name: 'main that is built', manifest: { main: 'dist/index.js' }, files: ['src/index.ts'], means: 'src/index.ts' },
    { name: 'types that are built', manifest: { types: './dist/index.d.ts' }, files: ['src/index.ts'], means: 'src/index.ts' },
    { name: 'source that is published as it is', manifest: { main: './src/index.ts' }, files: ['src/index.ts'], means: 'src/index.ts' },
    { name: 'nothing said', manifest: {}, files: ['index.js'], means: 'index.js' },
    { name: 'exports as one text', manifest: { exports: './dist/index.mjs' }, files: ['src/index.mts'], means: 'src/index.mts' },
    { name: 'exports by condition', manifest: { exports: { import: { types: './dist/esm/index.d.ts', default: './dist/esm/index.js' }, require: './dist/cjs/index.js' } }, files: ['src/index.ts'], means: 'src/index.ts' },
    { name: 'exports by subpath', manifest: { exports: { '.': './dist/index.js', './sub': { import: './dist/sub/main.js' } } }, files: ['src/index.ts', 'src/sub/main.ts'], specifier: '@acme/storage/sub', means: 'src/sub/main.ts' },
    { name: 'exports by pattern', manifest: { exports: { './*': './dist/*.js' } }, files: ['src/json/put.ts'], specifier: '@acme/storage/json/put', means: 'src/json/put.ts' },
    { name: 'a subpath that exports keep to themselves', manifest: { exports: { '.': './dist/index.js' } }, files: ['src/index.ts', 'src/sub.ts'], specifier: '@acme/storage/src/sub', means: null },
    { name: 'a subpath without exports', manifest: { main: 'dist/index.js' }, files: ['src/sub.ts'], specifier: '@acme/storage/src/sub', means: 'src/sub.ts' },
    { name: 'a subpath that is built', manifest: { main: 'dist/index.js' }, files: ['src/sub.ts'], specifier: '@acme/storage/dist/sub', means: 'src/sub.ts' },
    { name: 'a build that keeps src', manifest: { exports: { './src/server': './dist/src/server/index.js' } }, files: ['src/server/index.ts'], specifier: '@acme/storage/src/server', means: 'src/server/index.ts' },
    { name: 'outDir and rootDir', manifest: { main: 'target/main.js' }, files: ['code/main.ts'], config: { outDir: 'target', rootDir: 'code' }, means: 'code/main.ts' },
    { name: 'a build that is committed beside its source', manifest: { main: 'dist/index.js' }, files: ['dist/index.js', 'src/index.ts'], means: 'src/index.ts' },
    { name: 'a build that is all there is', manifest: { main: 'dist/index.js' }, files: ['dist/index.js'], means: 'dist/index.js' },
    { name: 'a bundle under a name of its own', manifest: { main: 'dist/storage.umd.js' }, files: ['src/index.ts'], means: 'src/index.ts' },
    { name: 'a lib that is source', manifest: { main: 'lib/index.js' }, files: ['lib/index.js', 'index.js'], means: 'lib/index.js' },
  ])('$name', async ({ manifest, files, config, specifier = '@acme/storage', means }) => {
    const graph = await graphOf({
      'package.json': '{ "workspaces": ["packages/*"] }',
      'packages/storage/package.json': member(manifest),
      ...(config ? { 'packages/storage/tsconfig.json': JSON.stringify({ compilerOptions: config }) } : {}),
      ...Object.fromEntries(files.map((file) => [`packages/storage/${file}`, ''])),
      'packages/api/package.json': '{ "name": "@acme/api" }',
      'packages/api/a.ts': '',
    });
    expect(graph.resolve('packages/api/a.ts', specifier)).toBe(means === null ? null : `packages/storage/${means}`);
  });

  const storage = { 'storage/package.json': member({}), 'storage/index.ts': '' };
  it.each([
    { name: 'members of npm and Yarn', files: { 'package.json': '{ "workspaces": ["storage"] }' }, found: true },
    { name: 'members of old Yarn', files: { 'package.json': '{ "workspaces": { "packages": ["./sto*/"] } }' }, found: true },
    { name: 'members of pnpm', files: { 'package.json': '{}', 'pnpm-workspace.yaml': 'packages:\n  - storage # ours\n' }, found: true },
    { name: 'no member: a fixture or an example may have any name', files: { 'package.json': '{ "workspaces": ["packages/*"] }' }, found: false },
    { name: 'a member that is taken out again', files: { 'package.json': '{ "workspaces": ["*", "!storage"] }' }, found: false },
    { name: 'a dependency by its folder', files: { 'package.json': '{ "workspaces": ["packages/*"], "dependencies": { "@acme/storage": "file:./storage/" } }' }, found: true },
    { name: 'the only package of that name, where no workspace is declared', files: { 'package.json': '{ "dependencies": { "@acme/storage": "*" } }' }, found: true },
    { name: 'one of two packages of that name', files: { 'package.json': '{}', 'copy/package.json': member({}) }, found: false },
  ])('is looked for among $name', async ({ files, found }) => {
    expect((await graphOf({ ...storage, ...files })).resolve('a.ts', '@acme/storage')).toBe(found ? 'storage/index.ts' : null);
  });

  it('is that of the innermost workspace', async () => {
    const files = { ...storage, 'package.json': '{ "workspaces": ["storage"] }', 'examples/package.json': '{ "workspaces": ["*"] }', 'examples/storage/package.json': member({}), 'examples/storage/index.ts': '' };
    expect((await graphOf(files)).resolve('examples/app/a.ts', '@acme/storage')).toBe('examples/storage/index.ts');
    expect((await graphOf(files)).resolve('app/a.ts', '@acme/storage')).toBe('storage/index.ts');
  });

  it.each([
    { name: 'by way of its exports', manifest: { exports: './index.js' }, means: 'storage/index.ts' },
    { name: 'not without exports: an installed package of that name is meant', manifest: {}, means: null },
  ])('is reached from inside by its own name, $name', async ({ manifest, means }) => {
    const files = { 'package.json': '{ "workspaces": ["packages/*"] }', 'storage/package.json': member(manifest), 'storage/index.ts': '' };
    expect((await graphOf(files)).resolve('storage/test/a.ts', '@acme/storage')).toBe(means);
  });

  it('leads importers of the package to what it declares', async () => {
    const files = {
      'package.json': '{ "workspaces": ["packages/*"] }',
      'packages/storage/package.json': member({ exports: { '.': './dist/index.js' } }),
      'packages/storage/src/index.ts': "export * from './s3.js';",
      'packages/storage/src/s3.ts': s3,
      'packages/api/a.ts': "import { putJson } from '@acme/storage';",
    };
    expect(await importsOf('packages/storage/src/s3.ts', files)).toEqual(['packages/api/a.ts: putJson at @acme/storage → putJson']);
  });

  it('gives dependents the names of what was asked for, by specifier', async () => {
    const graph = await graphOf({
      'package.json': '{ "workspaces": ["packages/*"] }',
      'packages/storage/package.json': member({ exports: { '.': './dist/index.js', './json/*': './dist/json/*.js', './package.json': './package.json' } }),
      'packages/storage/src/index.ts': "export * from './s3'; export * as json from './json/put';",
      'packages/storage/src/s3.ts': s3,
      'packages/storage/src/json/put.ts': 'export const put = 1;',
      'packages/plain/package.json': '{ "name": "plain" }',
      'packages/plain/index.js': 'exports.a = 1;',
    });
    const namesOf = (...names: readonly ExportedName[]): object =>
      Object.fromEntries([...graph.packageExports(names)].map(([specifier, given]) => [specifier, [...given].map(([name, target]) => `${name}: ${shown(target)}`)]));
    expect(namesOf({ module: 'packages/storage/src/s3.ts', name: 'putJson' })).toEqual({ '@acme/storage': ['putJson: packages/storage/src/s3.ts#putJson'] });
    expect(namesOf({ module: 'packages/storage/src/json/put.ts', name: 'put' }, { module: 'packages/plain/index.js', name: 'a' })).toEqual({
      '@acme/storage': ['json: packages/storage/src/json/put.ts#*', 'json.put: packages/storage/src/json/put.ts#put'],
      '@acme/storage/json/put': ['put: packages/storage/src/json/put.ts#put'],
      plain: ['a: packages/plain/index.js#a', 'default: packages/plain/index.js#*'],
    });
  });
});

describe('who imports some of the names of a module', () => {
  const files = {
    's3.ts': s3,
    'barrel.ts': "export { putJson as save, getJson } from './s3';",
    'a.ts': "import { save } from './barrel'; save();",
    'b.ts': "import { getJson } from './barrel'; getJson();",
    'c.ts': "import { putJson } from './s3'; putJson();",
  };
  const importers = async (...question: Parameters<ModuleGraph['importsOf']>): Promise<readonly string[]> => (await graphOf(files)).importsOf(...question).map(({ importer, asked }) => `${importer}: ${asked}`);

  it('asks for these names only', async () => {
    expect(await importers('s3.ts', ['putJson'], () => true)).toEqual(['a.ts: save', 'c.ts: putJson']);
    expect(await importers('s3.ts', ['getJson'], () => true)).toEqual(['b.ts: getJson']);
    expect(await importers('s3.ts', [], () => true)).toEqual([]);
  });

  it('leaves out who has no use for them, by the names as they are asked for', async () => {
    expect(await importers('s3.ts', ['putJson'], (importer, names) => importer === 'a.ts' && names.includes('save'))).toEqual(['a.ts: save']);
  });
});

describe('a file that is broken', () => {
  it.each([
    { file: 'tsconfig.json', text: '{\n  "compilerOptions": {\n    "paths" { }\n', line: 3, said: 'aliases' },
    { file: 'packages/a/package.json', text: '{ "name": ', line: 1, said: 'imports of this package by its name are not followed' },
    { file: 'package.json', text: '[]', line: 1, said: 'not followed' },
    { file: 'pnpm-workspace.yaml', text: 'packages: [', line: null, said: 'not valid YAML' },
  ])('is one warning, and the rest is read: $file', async ({ file, text, line, said }) => {
    const graph = await graphOf({ 'package.json': '{}', 's3.ts': s3, 'a.ts': "import { putJson } from './s3'; import x from '@/x'; import y from '@/y';", [file]: text });
    expect(graph.importsOf('s3.ts', ['putJson'], () => true)).toHaveLength(1);
    expect(graph.warnings()).toEqual([{ file, line, message: expect.stringContaining(said) as string }]);
  });

  it('is passed over where it says things of the wrong kind', async () => {
    const graph = await graphOf({
      'package.json': '{ "name": 1, "workspaces": 2, "main": {}, "exports": 3, "imports": [], "dependencies": "x" }',
      'tsconfig.json': '{ "extends": 1, "references": [1, { "path": 2 }], "compilerOptions": { "paths": { "@/*": "src", "~/*": [1] }, "baseUrl": 3, "outDir": [] } }',
      'pnpm-workspace.yaml': 'packages: 5',
      'src/a.ts': '',
    });
    expect(graph.resolve('src/a.ts', '@/a')).toBeNull();
    expect(graph.resolve('src/a.ts', '#a')).toBeNull();
    expect(graph.resolve('src/a.ts', '..')).toBeNull();
    expect(graph.packageExports([{ module: 'src/a.ts', name: 'a' }]).size).toBe(0);
  });
});

describe('classes and what they are built on', () => {
  const base = { 'base.ts': 'export interface Store { put(): void } export abstract class Base implements Store { abstract put(): void } export default class Plain {}' };
  const heritage = async (files: Readonly<Record<string, string>>, file = 'a.ts'): Promise<readonly string[]> =>
    (await graphOf({ ...base, ...files })).heritageOf(file).map(({ name, bases }) => `${name}: ${bases.map(shown).join(', ')}`);

  it.each([
    { name: 'both relations', code: "import { Store, Base as B } from './base'; export class S3 extends B implements Store {}", found: ['S3: base.ts#Base, base.ts#Store'] },
    { name: 'a default', code: "import P from './base'; export default class extends P {}", found: ['default: base.ts#default'] },
    { name: 'a member of a namespace', code: "import * as base from './base'; class S3 extends base.Base<string> {}", found: ['S3: base.ts#Base'] },
    { name: 'an interface', code: "import type { Store } from './base'; export interface Versioned extends Store {}", found: ['Versioned: base.ts#Store'] },
    { name: 'its own file', code: 'class Local {} export { Local as Out }; export class S3 extends Local {}', found: ['S3: a.ts#Out'] },
    { name: 'a class that is a value', code: "import { Base } from './base'; export const S3 = class extends Base {};", found: ['S3: base.ts#Base'] },
    { name: 'CommonJS', code: "const { Base } = require('./base'); module.exports = class extends Base {};", found: ['*: base.ts#Base'] },
    { name: 'an alias of `any` is no base', code: "export type Any = any; export const made: Any = {}; export async function make(): Promise<Any> {}", found: [] },
    { name: 'nor is one of another module', code: "import { Text } from './plain'; export const made: Text = '';", found: [] },
    { name: 'a type with members is one', code: "import { Puts } from './plain'; export const store: Puts = { put() {} };", found: ['store: plain.ts#Puts'] },
    { name: 'a function that makes one', code: "import type { Store } from './base'; export const make = (old: Store): Store => ({ ...old });", found: ['make(): base.ts#Store'] },
    { name: 'and one that may, whatever it does first', code: "import type { Store } from './base'; export async function make(old: Store): Promise<Store> { if (old) return old; return await open(); }", found: ['make(): base.ts#Store'] },
    { name: 'a function that gives back what it was given makes none', code: "import type { Store } from './base'; export async function start(store: Store): Promise<Store> { if (!store) throw new Error(); await store.get(() => { return 1; }); return store; } export const same = (store: Store): Store => store;", found: [] },
    { name: 'what is not of the project', code: "import { S3Client } from '@aws-sdk/client-s3'; export class A extends S3Client {} class B extends Error {} class C extends mixin(A) {}", found: [] },
  ])('$name', async ({ code, found }) => {
    expect(await heritage({ 'a.ts': code, 'plain.ts': 'export type Text = string; export type Puts = { put(): void };' })).toEqual(found);
  });
});

describe('the search for specifiers', () => {
  it.each([
    { text: "import a from './a'; import { b } from './b'; import c, { d } from './c'; import * as e from './e'; import type { F } from './f';", found: { './a': 'as it likes', './b': 'by name', './c': 'as it likes', './e': 'as it likes', './f': 'by name' } },
    { text: "export { a } from './a'; export * from './b'; export * as c from './c'; export type { D } from './d';", found: { './a': 'by name', './b': 'as it likes', './c': 'as it likes', './d': 'by name' } },
    { text: "require('./a'); import('./b'); import x = require('./c'); import './d'; import(`./e`); import(`./${f}`);", found: { './a': 'as it likes', './b': 'as it likes', './c': 'as it likes', './d': 'by name', './e': 'as it likes' } },
    { text: 'import{a}from"./a";export*from"./b";', found: { './a': 'by name', './b': 'as it likes' } },
    { text: "import { a } from './a'; const { b } = await import('./a');", found: { './a': 'as it likes' } },
    { text: "Buffer.from('x'); require.resolve('y'); fromEntries('z');", found: {} },
    { text: "module.exports = { ...require('./a') };", found: { './a': 'as it likes' } },
  ])('$text', ({ text, found }) => {
    expect(Object.fromEntries(specifiersIn(text))).toEqual(found);
  });

  it('takes a list that is too long to look through for anything: the parser decides', () => {
    expect(Object.fromEntries(specifiersIn(`import { ${'name, '.repeat(1000)} } from './a';`))).toEqual({ './a': 'as it likes' });
  });

  it('takes no longer on a text that never ends its comments', () => {
    const start = performance.now();
    specifiersIn("import (/* ".repeat(20_000));
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
