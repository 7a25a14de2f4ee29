import { perFile } from './per-file.js';
import type { SourceCode } from './syntax.js';

const imported = /aws-sdk|["'/]minio["'/]/;

/** A client that comes from another file is used by method, with S3's capitalised input properties. */
const lent = /\.\s*(?:putObject|copyObject|deleteObjects?|getObject|headObject|upload|getSignedUrl|createBucket|completeMultipartUpload)\b/;

/**
 * The one test that a file without S3 pays for. It may say yes too often, never no too often.
 *
 * @param sourceCode the file
 * @returns whether the detector has to look at it
 */
export const touchesS3: (sourceCode: SourceCode) => boolean = perFile(({ text }) => imported.test(text) || (text.includes('Bucket') && lent.test(text)));
