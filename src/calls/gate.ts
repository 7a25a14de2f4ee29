import { methodNames } from '../s3/operations.js';
import { perFile } from './per-file.js';
import type { SourceCode } from './syntax.js';

/** All that a file without S3 pays for is this one search. */
const word = /aws-sdk|client-s3|minio|Bucket/;

/** Of v3's packages those that have to do with S3; `@acme/client-s3` may hand one of them on. */
const imported = /(?<!@)aws-sdk|@aws-sdk\/(?:[\w-]*s3|lib-storage)|client-s3|minio/;

/** A client that comes from another file is used by method, with S3's capitalised input properties. */
const lent = new RegExp(`\\b(?:${[...methodNames, 'upload', 'getSignedUrl'].join('|')})\\b`);

/**
 * The one test of a file's text. It may say yes too often, never no too often.
 *
 * @param text the text of a file
 * @returns whether the detector has to look at it
 */
export const speaksOfS3 = (text: string): boolean => word.test(text) && (imported.test(text) || lent.test(text));

/** What is done with a client, whatever the library, by method or by command. */
const calling = /\.\s*[a-z]\w*(?:Object|Bucket|Part|Upload)\w*\s*\(|\.\s*upload\s*\(|\bgetSignedUrl|(?:Object|Bucket|Part|Upload)\w*Command\b|\bUpload\b/;

/**
 * @param text the text of a file that imports an S3 client
 * @returns whether it seems to call it; with its name alone a file has no use for it
 */
export const callsClient = (text: string): boolean => calling.test(text);

/** `speaksOfS3` of a file that a host has parsed, asked once for all rules. */
export const touchesS3: (sourceCode: SourceCode) => boolean = perFile(({ text }) => speaksOfS3(text));
