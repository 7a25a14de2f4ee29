import { dirname, join } from 'node:path/posix';

import type { TextFile } from '../reader.js';

/** Where a service is described: `serverless.yml`, or a file that `serverless deploy --config` is given. */
const namePattern = /(?:^|[/.-])serverless(?:[.-][\w.-]+)?\.(?:ya?ml|json|ts)$/i;

/** @returns whether a file describes a service of the Serverless Framework. https://www.serverless.com/framework/docs/providers/aws/guide/serverless.yml */
export const isServiceFile = ({ path, text }: TextFile): boolean =>
  namePattern.test(path) && /^\s*(?:\{\s*)?["']?service["']?\s*:/m.test(text) && /^\s*["']?provider["']?\s*:/m.test(text);

/** Written as CloudFormation never writes them. https://www.serverless.com/framework/docs/providers/aws/guide/variables */
export const hasServerlessVariables = (text: string): boolean => /\$\{(?:self|opt|file|env|sls|param|ssm|cf|s3|strToBool)[:(]/.test(text);

/** @returns the files that a service includes by a plain path, relative to the root of the project */
export const includedPaths = ({ path, text }: TextFile): readonly string[] =>
  [...text.matchAll(/\$\{\s*file\(\s*['"]?([^)$'"]+?)['"]?\s*\)/g)].map((match) => fromFolder(path, match[1] ?? ''));

/** @returns a path that is written in a file, relative to the root of the project */
export const fromFolder = (path: string, written: string): string => join(dirname(path), written);
