import { expect, it } from 'vitest';

import { buildFacts } from '../../src/analyzer.js';
import { projectOf } from '../checked-project.js';

const files = {
  'keys.ts': `export default class Keys {
  static of(name: string) {
    return 'notes/' + name;
  }
}
`,
  'notes.ts': `import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import Keys from './keys';
const client = new S3Client({});
export default class Notes {
  static readonly bucket = 'notes';
  static put(name: string, body: string) {
    return client.send(new PutObjectCommand({ Bucket: Notes.bucket, Key: Keys.of(name), Body: body }));
  }
}
`,
  'index.ts': `import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import Notes from './notes';
const client = new S3Client({});
export const index = (body: string) => client.send(new PutObjectCommand({ Bucket: Notes.bucket, Key: 'index.json', Body: body }));
`,
};

it('shows of a module its own default export, and nothing of that of what it imports', async () => {
  const { facts } = await buildFacts({ root: projectOf(files) });
  expect(facts.modules['notes.ts']?.code).toEqual({
    1: "import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';",
    2: "import Keys from './keys';",
    3: 'const client = new S3Client({});',
    4: 'export default class Notes {',
    5: "  static readonly bucket = 'notes';",
    6: expect.stringMatching(/^ {2}static put\(.*\n.*\n {2}\}$/) as string,
    9: '}',
  });
});
