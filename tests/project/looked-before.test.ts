import { describe, expect, it } from 'vitest';

import { markedPlaces, placesOf, type Files } from '../checked-project.js';

/** Helpers of another module that look whether an object is there. A line with `✗` is a write that such a look decides on, and no other. */

const sdk = `import { S3Client, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
const s3 = new S3Client({});
`;
const put = 'export async function put(b, k, c) { await s3.send(new PutObjectCommand({ Bucket: b, Key: k, Body: c })); }';
const get = 's3.send(new GetObjectCommand({ Bucket: b, Key: k }))';

const asked = (exists: string): Files => ({
  's3.js': `${sdk}${put}\nexport async function exists(b, k) { ${exists} }\n`,
  'a.js': "import { exists, put } from './s3.js';\nexport async function init(k) {\n  if (!(await exists('b', k))) await put('b', k, 'x'); // ✗\n}\n",
});
const answered = (helper: string): Files => {
  const files = asked(helper);
  return { ...files, 'a.js': (files['a.js'] ?? '').replace(' // ✗', '') };
};

const situations: readonly (readonly [why: string, files: Files])[] = [
  ['a read that works says that the object is there', asked(`try { await ${get}; return true; } catch { return false; }`)],
  ['one that fails says that it is not', asked(`try { await ${get}; } catch (error) { if (error.name === 'NoSuchKey') return false; throw error; } return true;`)],
  ['a flag is set where it has a body', asked(`let there = false; try { const found = await ${get}; if (found.Body) { there = true; } } catch (error) { if (error.name !== 'NoSuchKey') throw error; } return there;`)],
  ['a promise is answered for either way', asked(`return ${get}.then(() => true).catch(() => false);`)],
  ['a function of the module is asked in turn', asked(`return look(b, k); } async function look(b, k) { try { await ${get}; return true; } catch { return false; }`)],
  ['the flag is about something else', answered(`const found = await ${get}; console.log(found); return b === k;`)],
  ['one that is always told "yes" decides nothing', answered(`await ${get}; return true;`)],
  ['it looks at another object', answered(`try { await s3.send(new GetObjectCommand({ Bucket: b, Key: k + '.lock' })); return true; } catch { return false; }`)],
];

describe('who asked another module before a write', () => {
  it.each(situations)('%s', async (_why, files) => {
    expect(await placesOf('no-check-then-write', files)).toEqual(markedPlaces(files));
  });
});
