import { relative, resolve, sep } from 'node:path';

import { buildFacts, keptFacts } from '../check/read-project.js';
import { folderOf } from '../facts/load-facts.js';
import type { FactsCommand } from './arguments.js';
import type { Streams } from './streams.js';
import { uninterrupted } from './uninterrupted.js';
import { warningsText } from './warnings-text.js';
import { writeFile } from './write-file.js';

/**
 * @param command of which project, and where the facts go
 * @param streams where to write
 * @returns the exit code
 */
export async function runFacts({ paths, output, from, cache }: FactsCommand, { error }: Streams): Promise<0> {
  const [folder = '.'] = paths;
  const { facts, warnings } = cache ? await keptFacts(folder, from) : await buildFacts({ root: folder, from });
  error(warningsText(warnings));
  const root = relative(folderOf(resolve(output)), resolve(folder)).split(sep).join('/');
  await uninterrupted(() => writeFile(output, `${JSON.stringify(root === '' ? facts : { ...facts, root }, null, 2)}\n`));
  return 0;
}
