import { describe, expect, it } from 'vitest';

import { markedPlaces, placesOf, type Files } from '../checked-project.js';

/**
 * A function of another module that is given the key, and writes in a function within. `✗` marks the lines that
 * `no-blind-overwrite` reports: the write, and of those who give a key only who runs it.
 */

const writing = (body: string): string => `import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const s3 = new S3Client({});
const put = (name: string, body: string) => s3.send(new PutObjectCommand({ Bucket: 'b', Key: \`x/\${name}\`, Body: body })); // ✗
export function saver(name: string, items: any[]) {\n${body}\n}`;

const project = (body: string, line: string): Files => ({ 'saver.ts': writing(body), 'use.ts': `import { saver } from './saver';\nexport const use = (items: any[]) => {\n${line}\n};` });

describe('who makes a function that writes, writes nothing yet', () => {
  it.each<[string, string]>([
    ['it is given back', 'return async () => put(name, items[0]);'],
    ['by name', 'const save = async () => put(name, items[0]);\nreturn save;'],
    ['declared', 'return save;\nasync function save() { await put(name, items[0]); }'],
    ['in an object', 'return { name, save: async () => put(name, items[0]) };'],
    ['in an object that has a name', 'const saving = { async save() { await put(name, items[0]); } };\nreturn saving;'],
    ['in objects that have each other', 'const one = { name, other: () => two, save: async () => put(name, items[0]) }, two = { one };\nreturn two;'],
    ['as a method', 'return class { async save() { await put(name, items[0]); } };'],
    ['it is handed to what is built', 'return new Plugin(async () => put(name, items[0]));'],
    ['it is kept', 'handlers[name] = async () => put(name, items[0]);'],
  ])('%s', async (_, body) => {
    const files = project(body, "return saver('a.json', items);");
    expect(await placesOf('no-blind-overwrite', files)).toEqual(markedPlaces(files));
  });
});

describe('who runs it, writes', () => {
  it.each<[string, string]>([
    ['itself', "return put(name, items[0]);"],
    ['for each item', 'return Promise.all(items.map(async (item) => put(name, item)));'],
    ['for each item, by name', 'const save = () => put(name, items[0]);\nreturn Promise.all(items.map(save));'],
    ['as a promise', "return new Promise((resolve) => { resolve(put(name, items[0])); });"],
    ['at once', "return (async () => put(name, items[0]))();"],
    ['as an option of a call', "return retry({ attempt: async () => put(name, items[0]) });"],
    ['within', "const save = async () => put(name, items[0]);\nawait save();\nreturn save;"],
  ])('%s', async (_, body) => {
    const files = project(body, "return saver('a.json', items); // ✗");
    expect(await placesOf('no-blind-overwrite', files)).toEqual(markedPlaces(files));
  });
});
