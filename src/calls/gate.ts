import { methodNames } from '../s3/operations.js';
import { perFile } from './per-file.js';
import type { SourceCode } from './syntax.js';

/** All that a file without S3 pays for is this one search. */
const word = /aws-sdk|minio|Bucket/;

const imported = /aws-sdk|minio/;

/** A client that comes from another file is used by method, with S3's capitalised input properties. */
const lent = new RegExp(`\\b(?:${[...methodNames, 'upload', 'getSignedUrl'].join('|')})\\b`);

/**
 * The one test of a file's text. It may say yes too often, never no too often.
 *
 * @param text the text of a file
 * @returns whether the detector has to look at it
 */
export const speaksOfS3 = (text: string): boolean => word.test(text) && (imported.test(text) || lent.test(text));

/** The same of a file that a host has parsed, asked once for all rules. */
export const touchesS3: (sourceCode: SourceCode) => boolean = perFile(({ text }) => speaksOfS3(text));
