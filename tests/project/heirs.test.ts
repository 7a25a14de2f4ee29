import { describe, expect, it } from 'vitest';

import { markedPlaces, placesOf, type Files } from '../checked-project.js';

/**
 * Classes that are built on one base. What is expected stands in the projects: `✗` marks a line where `no-blind-overwrite`
 * reports; one without is silent.
 */

const base = { 'base.ts': 'export abstract class Job {\n  abstract put(key: string, body: string): Promise<void>;\n}\n' };
const saver = `import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Job } from './base';
const client = new S3Client({});
export class Saver extends Job {
  async put(key: string, body: string) {
    await client.send(new PutObjectCommand({ Bucket: 'jobs', Key: key, Body: body })); // ✗
  }
}
`;

describe('a class that others are built on', () => {
  it.each<{ readonly situation: string; readonly files: Files }>([
    { situation: 'a sibling has methods of its own: it inherits none of those', files: { ...base, 'saver.ts': saver, 'printer.ts': "import { Job } from './base';\nexport class Printer extends Job {\n  async run(body: string, next: Job) {\n    await this.put('state.json', body);\n  }\n}\n" } },
    { situation: 'who is built on the heir itself inherits them', files: { ...base, 'saver.ts': saver, 'nightly.ts': "import { Saver } from './saver';\nexport class Nightly extends Saver {\n  async run(body: string) {\n    await this.put('state.json', body); // ✗\n  }\n}\n" } },
    { situation: 'a sibling that is given one calls it', files: { ...base, 'saver.ts': saver, 'twice.ts': "import { Job } from './base';\nexport class Twice extends Job {\n  constructor(private readonly inner: Job) {\n    super();\n  }\n  async put(key: string, body: string) {\n    await this.inner.put('state.json', body); // ✗\n  }\n}\n" } },
    { situation: 'who is given one, and is no heir, calls it', files: { ...base, 'saver.ts': saver, 'once.ts': "import type { Job } from './base';\nexport const once = (job: Job, body: string) => job.put('state.json', body); // ✗\n" } },
  ])('$situation', async ({ files }) => {
    expect(await placesOf('no-blind-overwrite', files)).toEqual(markedPlaces(files));
  });
});
