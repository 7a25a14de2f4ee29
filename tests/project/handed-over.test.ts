import { describe, expect, it } from 'vitest';

import { markedPlaces, placesOf, type Files } from '../checked-project.js';

/**
 * Writes whose input, function or store is handed over before it is used: as an item of a list, as an argument, by a
 * promise. `✗` marks the lines that `no-blind-overwrite` reports; a line without is not reported.
 */

async function expectMarked(files: Files): Promise<void> {
  expect(await placesOf('no-blind-overwrite', files)).toEqual(markedPlaces(files));
}

const sdk = "import { S3Client, PutObjectCommand } from '@aws-sdk/client-s3';";

describe('the items of a list that a callback is given', () => {
  /** What it sends, only its callers know. */
  const store = `${sdk}
export class Store {
  private readonly client = new S3Client({});
  async upload(input: any) { await this.client.send(new PutObjectCommand({ ...input, Bucket: 'data' })); }
}`;
  const using = (body: string): Files => ({ 'store.ts': store, 'use.ts': `import { Store } from './store';\nexport const publish = async (store: Store, body: string, given: any[]) => {\n${body}\n};` });
  const literals = "const list = [{ Key: 'a.json', Body: body }, { Key: 'b.json', Body: body }];";

  it.each<[string, string]>([
    ['items of a literal, all at once', `${literals}\nawait Promise.all(list.map((item) => store.upload(item))); // ✗`],
    ['items of a literal, for each', `${literals}\nlist.forEach((item) => { void store.upload(item); }); // ✗`],
    ['items of a literal, in a loop', `${literals}\nfor (const item of list) await store.upload(item); // ✗`],
    ['a literal that stands alone', "await Promise.all([{ Key: 'a.json', Body: body }].map((item) => store.upload(item))); // ✗"],
    ['items that another map makes', "const list = ['a', 'b'].map((name) => ({ Key: `${name}.json`, Body: body }));\nawait Promise.all(list.map((item) => store.upload(item))); // ✗"],
    ['items that are pushed', "const list: any[] = [];\nlist.push({ Key: 'a.json', Body: body });\nawait Promise.all(list.map((item) => store.upload(item))); // ✗"],
    ['a part of each item', "const list = [{ name: 'a', input: { Key: 'a.json', Body: body } }];\nawait Promise.all(list.map(({ input }) => store.upload(input))); // ✗"],
    ['a library that maps', `${literals}\nawait pMap(list, (item) => store.upload(item)); // ✗`],
  ])('%s: no condition goes with any', (_, body) => {
    const files = using(body);
    return expectMarked({ ...files, 'use.ts': `import pMap from 'p-map';${files['use.ts'] ?? ''}` });
  });

  it.each<[string, string]>([
    ['each is created only', "const list = [{ Key: 'a.json', Body: body, IfNoneMatch: '*' }];\nawait Promise.all(list.map((item) => store.upload(item)));"],
    ['one of them has a condition of which no more is known', "const list = [{ Key: 'a.json', Body: body, ...given[0] }];\nawait Promise.all(list.map((item) => store.upload(item)));"],
    ['the list is handed in', 'await Promise.all(given.map((item) => store.upload(item)));'],
    ['others are added to it', "const list = [{ Key: 'a.json', Body: body }];\nlist.push(...given);\nawait Promise.all(list.map((item) => store.upload(item)));"],
    ['each is given its condition before', `${literals}\nfor (const item of list) Object.assign(item, {}), (item as any).IfNoneMatch = '*';\nawait Promise.all(list.map((item) => store.upload(item)));`],
    ['each is given its condition by another callback', `${literals}\nlist.forEach((item: any) => { item.IfNoneMatch = '*'; });\nfor (const item of list) await store.upload(item);`],
    ['each is given its condition there', `${literals}\nawait Promise.all(list.map((item: any) => { item.IfNoneMatch = '*'; return store.upload(item); }));`],
    ['the position, and not the item', `${literals}\nawait Promise.all(list.map((_, item) => store.upload(item)));`],
    ['a method that hands no items over', `${literals}\nawait store.each(list, (item: any) => store.upload(item));`],
    ['keys of their own', `await Promise.all([{ Key: crypto.randomUUID(), Body: body }].map((item) => store.upload(item)));`],
  ])('%s: nothing is said', (_, body) => expectMarked(using(body)));
});

describe('a function that is handed over with what it is called with', () => {
  const upload = `${sdk}
const s3 = new S3Client({});
export async function upload(client: S3Client, input: any) { await client.send(new PutObjectCommand(input)); }`;
  const retry = 'const retry = async (run: any, client: S3Client, input: any) => { for (let n = 0; n < 3; n++) try { return await run(client, input); } catch (error: any) { if (error.name !== "SlowDown") throw error; } };';

  it.each<[string, string]>([
    ['by its name', `${retry}\nexport const save = (body: string) => retry(upload, s3, { Bucket: 'data', Key: 'state.json', Body: body }); // ✗`],
    ['through a constant', `${retry}\nconst chosen = upload;\nexport const save = (body: string) => retry(chosen, s3, { Bucket: 'data', Key: 'state.json', Body: body }); // ✗`],
    ['from one who hands it on', `${retry}\nconst patiently = (run: any, input: any) => retry(run, s3, input);\nexport const save = (body: string) => patiently(upload, { Bucket: 'data', Key: 'state.json', Body: body }); // ✗`],
    ['as a part of an object', `const attempt = ({ run, input }: any) => run(s3, input);\nexport const save = (body: string) => attempt({ run: upload, input: { Bucket: 'data', Key: 'state.json', Body: body } }); // ✗`],
  ])('%s: the call that hands it over says what it writes', (_, body) => expectMarked({ 'save.ts': `${upload}\n${body}` }));

  it('a function of another module', () =>
    expectMarked({
      'upload.ts': upload,
      'save.ts': `import { S3Client } from '@aws-sdk/client-s3';\nimport { upload } from './upload';\nconst retry = (run: any, client: any, input: any) => run(client, input);\nexport const save = (body: string) => retry(upload, new S3Client({}), { Bucket: 'data', Key: 'state.json', Body: body }); // ✗`,
    }));

  it.each<[string, string]>([
    ['created only', `${retry}\nexport const save = (body: string) => retry(upload, s3, { Bucket: 'data', Key: 'state.json', Body: body, IfNoneMatch: '*' });`],
    ['with an input that is handed in', `${retry}\nexport const save = (input: any) => retry(upload, s3, input);`],
    ['to one who runs something else', `const log = (run: any, client: S3Client, input: any) => console.log(run, client, input);\nexport const save = (body: string) => log(upload, s3, { Bucket: 'data', Key: 'state.json', Body: body });`],
    ['to one who adds the condition', `const once = (run: any, input: any) => run(s3, { ...input, IfNoneMatch: '*' });\nexport const save = (body: string) => once(upload, { Bucket: 'data', Key: 'state.json', Body: body });`],
    ['to one who is not known', `export const save = (retry: any, body: string) => retry(upload, s3, { Bucket: 'data', Key: 'state.json', Body: body });`],
  ])('%s: nothing is said', (_, body) => expectMarked({ 'save.ts': `${upload}\n${body}` }));
});

describe('a store that is handed over, with no type that names it', () => {
  const store = `${sdk}
export class Store {
  private readonly client = new S3Client({});
  static async open() { return new Store(); }
  async upload(input: any) { await this.client.send(new PutObjectCommand({ ...input, Bucket: 'data' })); }
}`;
  const save = "const save = async (store, key) => {\n  await store.upload({ Body: 'x', Key: key }); // ✗\n};";

  it.each<[string, string]>([
    ['by a promise', `export const run = () => Store.open().then(async (store) => { await save(store, 'a.json'); });\n${save}`],
    ['by one who awaits it', `export const run = async () => { await save(await Store.open(), 'a.json'); };\n${save}`],
    ['by one who makes it', `export const run = async () => { await save(new Store(), 'a.json'); };\n${save}`],
    ['by a promise, and used at once', "export const run = () => Store.open().then((store) => store.upload({ Body: 'x', Key: 'a.json' })); // ✗"],
  ])('%s: its method writes', (_, body) => expectMarked({ 'store.js': store.replaceAll(': any', '').replace('private readonly ', ''), 'use.js': `import { Store } from './store.js';\n${body}` }));

  it.each<[string, string]>([
    ['what a promise holds that nobody knows', `import { open } from 'elsewhere';\nexport const run = () => open().then(async (store) => { await save(store, 'a.json'); });\n${save.replace(' // ✗', '')}`],
    ['another thing with a method of that name', `export const run = () => Promise.resolve({ upload: console.log }).then(async (store) => { await save(store, 'a.json'); });\n${save.replace(' // ✗', '')}`],
    ['what handles the failure is given an error', "export const run = () => Store.open().catch((store) => store.upload({ Body: 'x', Key: 'a.json' }));"],
    ['a condition', `export const run = () => Store.open().then(async (store) => { await save(store, 'a.json'); });\n${save.replace(' // ✗', '').replace('Key: key', "Key: key, IfNoneMatch: '*'")}`],
  ])('%s: nothing is said', (_, body) => expectMarked({ 'store.js': store.replaceAll(': any', '').replace('private readonly ', ''), 'use.js': `import { Store } from './store.js';\n${body}` }));
});
