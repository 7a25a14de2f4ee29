import { describe, expect, it } from 'vitest';

import { fingerprintsOf } from '../../src/report/fingerprint.js';
import type { FileResult } from '../../src/report/report.js';
import { textLines } from '../../src/report/text-lines.js';
import { fileResult, flag } from './reports.js';

const printsOf = (result: FileResult, path = 'src/store.ts'): ReadonlyMap<object, string> => fingerprintsOf(result, path, result.source === undefined ? null : textLines(result.source));

const call = `client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: text }))`;
const code = `
export async function save(client: S3Client, key: string): Promise<void> {
  const text = await read(key);
  await ${call};
}
`;

const fingerprint = (source: string, text: string, options: Parameters<typeof flag>[2] = {}, path = 'src/store.ts'): string | undefined => {
  const message = flag(source, text, options);
  return printsOf(fileResult(path, { source, messages: [message] }), path).get(message);
};

const before = fingerprint(code, call);

describe('a finding is the same one', () => {
  const long = `client.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: text,
    }),
  )`;
  it.each([
    { name: 'after lines were put above it', source: `import { S3Client } from '@aws-sdk/client-s3';\n\n// The store.\n${code}`, text: call },
    { name: 'after lines were put below it', source: `${code}\nexport const close = () => client.destroy();\n`, text: call },
    { name: 'in a file with Windows line breaks', source: code.replaceAll('\n', '\r\n'), text: call },
    { name: 'behind a byte order mark', source: `\uFEFF${code}`, text: call },
    { name: 'after a formatter broke the call into lines', source: code.replace(call, long), text: long },
    { name: 'after a formatter broke the signature into lines', source: code.replace('(client: S3Client, key: string)', '(\n  client: S3Client,\n  key: string,\n)'), text: call },
    { name: 'after the file was indented by four', source: code.replaceAll('\n  ', '\n    '), text: call },
    { name: 'after it was put into a try', source: code.replace(`  await ${call};`, `  try {\n    await ${call};\n  } catch (error) {\n    log(error);\n  }`), text: call },
    { name: 'after it was put into an else', source: code.replace(`  await ${call};`, `  if (text === '') {\n    log(key);\n  } else {\n    await ${call};\n  }`), text: call },
  ])('$name', ({ source, text }) => {
    expect(fingerprint(source, text)).toBe(before);
  });

  it('after its message was worded better, and its severity changed', () => {
    expect(fingerprint(code, call, { message: 'Another writer may lose its change.', severity: 1 })).toBe(before);
  });

  it('after an equal one in another function was mended: only equals in one function are counted', () => {
    const two = `${code}${code.replace('save', 'saveAll')}`;
    const [first, second] = [flag(two, call), flag(two, call, { which: 1 })];
    const both = printsOf(fileResult('src/store.ts', { source: two, messages: [first, second] }));
    const mended = two.replace('Body: text', 'Body: text, IfMatch: etag');
    expect(both.get(second)).toBe(fingerprint(mended, call));
    expect(both.get(first)).toBe(before);
  });

  it('after an equal one above it was suppressed', () => {
    const twice = code.replace(`  await ${call};`, `  await ${call};\n  await ${call};`);
    const [first, second] = [flag(twice, call), flag(twice, call, { which: 1 })];
    const path = 'src/store.ts';
    const open = printsOf(fileResult(path, { source: twice, messages: [first, second] }));
    const suppressed = printsOf(fileResult(path, { source: twice, messages: [second], suppressed: [{ message: first, justification: '' }] }));
    expect(suppressed.get(second)).toBe(open.get(second));
    expect(open.get(first)).not.toBe(open.get(second));
  });
});

describe('a finding is another one', () => {
  it.each([
    { name: 'in another file', now: fingerprint(code, call, {}, 'src/other.ts') },
    { name: 'of another rule', now: fingerprint(code, call, { rule: 's3/multiple-writers' }) },
    { name: 'in another function', now: fingerprint(code.replace('save', 'saveDraft'), call) },
    { name: 'with another text', now: fingerprint(code.replace('Body: text', 'Body: draft'), call.replace('Body: text', 'Body: draft')) },
  ])('$name', ({ now }) => {
    expect(now).toMatch(/^[\da-f]{32}$/);
    expect(now).not.toBe(before);
  });
});

describe('what encloses a finding, in the languages that findings are in', () => {
  const other = (source: string, text: string, from: string, to: string): void => {
    expect(fingerprint(source, text)).toBe(fingerprint(`\n\n${source}`, text));
    expect(fingerprint(source, text)).not.toBe(fingerprint(source.replace(from, to), text));
  };

  it('a job of a workflow', () => {
    other('jobs:\n  deploy:\n    steps:\n      - name: Upload\n        run: |\n          aws s3 sync dist s3://shop\n', 'aws s3 sync dist s3://shop', 'deploy', 'preview');
  });

  it('a resource of Terraform', () => {
    other('resource "aws_s3_bucket" "photos" {\n  lifecycle_rule {\n    prefix = "a/"\n  }\n}\n', 'prefix = "a/"', 'photos', 'videos');
  });

  it('a method of a class', () => {
    other('class Store {\n  async save(key: string): Promise<void> {\n    await this.put(key);\n  }\n}\n', 'this.put(key)', 'save', 'saveDraft');
  });

  it('a function in a constant', () => {
    other('export const save = async (key: string) => {\n  await put(key);\n};\n', 'put(key)', 'save', 'saveDraft');
  });

  it('a property with a function', () => {
    other('const routes = {\n  upload: async (request) => {\n    await put(request.key);\n  },\n};\n', 'put(request.key)', 'upload', 'replace');
  });
});

it('does without the text where it is not known', () => {
  const [first, second] = [flag(code, call), flag(code, call)];
  const prints = printsOf(fileResult('src/store.ts', { messages: [first, second] }));
  expect(new Set(prints.values()).size).toBe(2);
});
