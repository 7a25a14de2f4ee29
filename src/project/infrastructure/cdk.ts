import { isProgramFile } from './code/program-file.js';
import type { InfrastructureReader } from './reader.js';

/**
 * The AWS Cloud Development Kit, version 2 and 1, in TypeScript and JavaScript.
 * ts-morph is loaded when there is a bucket to read.
 */
export const cdk: InfrastructureReader = {
  mayRead: isProgramFile,
  // SST 2 is made of CDK constructs, and hands its buckets to them.
  wants: ({ text }) => /\baws-cdk-lib\b|@aws-cdk\/|\bsst\/constructs\b/.test(text),
  async read(files) {
    if (!files.some(({ text }) => text.includes('Bucket'))) return { buckets: [], findings: [], warnings: [] };
    const [{ readBuckets }, { cdkDialect }] = await Promise.all([import('./code/buckets.js'), import('./code/cdk-buckets.js')]);
    return readBuckets(files, cdkDialect);
  },
};
