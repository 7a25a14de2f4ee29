import { isProgramFile } from './code/program-file.js';
import type { InfrastructureReader } from './reader.js';

/**
 * SST: version 3, whose programs are given `sst` and `aws` without an import, and the constructs of version 2.
 * ts-morph is loaded when there is a bucket to read.
 */
export const sst: InfrastructureReader = {
  mayRead: isProgramFile,
  wants: ({ path, text }) => /\bsst\.aws\b|\bsst\/constructs\b|@serverless-stack\/resources/.test(text) || (/\bnew aws\.[a-z]\w*\.[A-Z]/.test(text) && !text.includes('@pulumi/aws')) || /(?:^|\/)sst\.config\.[mc]?[jt]s$/.test(path),
  async read(files) {
    if (!files.some(({ text }) => text.includes('Bucket'))) return { buckets: [], findings: [], warnings: [] };
    const [{ readBuckets }, { sstDialect, sstGlobals }] = await Promise.all([import('./code/buckets.js'), import('./code/sst-buckets.js')]);
    return readBuckets(files, sstDialect, sstGlobals);
  },
};
