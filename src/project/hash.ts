import { createHash } from 'node:crypto';

/** What a text is taken to be the same by: SHA-256, in hexadecimal. */
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
