import { describe, expect, it } from 'vitest';

import { markedPlaces, placesOf, type Files } from '../checked-project.js';

/**
 * Keys that other modules take apart and put together with `node:path`. What is expected stands in the projects: `✗`
 * marks a line where `no-lost-update` reports; one without is silent.
 */

const silent = (text: string): string => text.replaceAll(' // ✗', '');

/** A file that writes back what it read, under a key that it makes of the first. */
const rewrite = (imports: string, key: string): string => `import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
${imports}
export async function rewrite(client, key, other) {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: 'scenes', Key: key }));
  const scene = (await Body.transformToString()).trim();
  await client.send(new PutObjectCommand({ Bucket: 'scenes', Key: ${key}, Body: scene })); // ✗
}
`;
const partsOf = "import path from 'node:path';\nexport const partsOf = (key) => path.parse(key);\n";
const beside = "import { dirname, join } from 'node:path';\nexport const beside = (key, name) => join(dirname(key), name);\n";
const nameOf = "import { basename } from 'node:path';\nexport const nameOf = (key) => basename(key);\n";
const names = "import { beside } from './beside';\nimport { nameOf } from './name-of';";

describe('a key that another module takes apart or puts together', () => {
  it.each<{ readonly situation: string; readonly files: Files }>([
    { situation: 'another module takes it apart, and all of it is put together', files: { 'parts.ts': partsOf, 'main.ts': rewrite("import { join } from 'node:path';\nimport { partsOf } from './parts';", 'join(partsOf(key).dir, partsOf(key).base)') } },
    { situation: 'the folder is that of another key', files: { 'parts.ts': partsOf, 'main.ts': silent(rewrite("import { join } from 'node:path';\nimport { partsOf } from './parts';", 'join(partsOf(other).dir, partsOf(key).base)')) } },
    { situation: 'one module takes the folder, another the name', files: { 'beside.ts': beside, 'name-of.ts': nameOf, 'main.ts': rewrite(names, 'beside(key, nameOf(key))') } },
    { situation: 'the name is that of another key', files: { 'beside.ts': beside, 'name-of.ts': nameOf, 'main.ts': silent(rewrite(names, 'beside(key, nameOf(other))')) } },
    { situation: 'something else is written beside it', files: { 'beside.ts': beside, 'main.ts': silent(rewrite("import { beside } from './beside';", "beside(key, 'index.json')")) } },
  ])('$situation', async ({ files }) => {
    expect(await placesOf('no-lost-update', files)).toEqual(markedPlaces(files));
  });
});
