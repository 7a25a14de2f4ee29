import { isProgramFile } from './code/program-file.js';
import type { InfrastructureReader } from './reader.js';

/** Pulumi in TypeScript and JavaScript, with both of its providers for AWS. ts-morph is loaded when there is a bucket to read. */
export const pulumi: InfrastructureReader = {
  mayRead: isProgramFile,
  wants: ({ text }) => text.includes('@pulumi/'),
  async read(files) {
    if (!files.some(({ text }) => text.includes('Bucket'))) return { buckets: [], findings: [], warnings: [] };
    const [{ readBuckets }, { pulumiDialect }] = await Promise.all([import('./code/buckets.js'), import('./code/pulumi-buckets.js')]);
    return readBuckets(files, pulumiDialect);
  },
};
