import { createRequire } from 'node:module';

import { adopt, type Parser } from '../calls/parse-module.js';
import type { SourceCode } from '../calls/syntax.js';
import type { Warning } from '../facts/project-finding.js';
import type { SourceTree } from './source-tree.js';

/** The code of a project as the rules see it: the same parser, the same scopes; each file parsed once. */
export interface ParsedFiles {
  /** A file; a warning that names the line where it does not parse. */
  readonly at: (path: string) => SourceCode | Warning;
  readonly parser: Parser;
}

/**
 * Loads the parser, which takes half a second: only a run that has a file to parse asks for it.
 *
 * @param tree the files
 * @returns their trees
 */
export async function parsedFiles(tree: SourceTree): Promise<ParsedFiles> {
  const { SourceCode: Source } = await import('eslint');
  // Required and not imported, as is TypeScript below it: nobody need search 9 MB for its exports.
  const parser = createRequire(import.meta.url)('@typescript-eslint/parser') as typeof import('@typescript-eslint/parser');
  const known = new Map<string, SourceCode | Warning>();
  const parse = (path: string): SourceCode | Warning => {
    const text = tree.read(path) ?? '';
    // ESLint counts positions from behind a byte order mark.
    const counted = text.replace(/^\uFEFF/, '');
    try {
      const options = { sourceType: 'module', range: true, loc: true, tokens: true, comment: true, ecmaFeatures: { jsx: !/\.[mc]?ts$/.test(path) }, filePath: path } as const;
      const { ast, scopeManager, visitorKeys, services } = parser.parseForESLint(counted, options);
      adopt(ast, 0, visitorKeys);
      return new Source({ text, ast, scopeManager, visitorKeys, parserServices: services } as unknown as ConstructorParameters<typeof Source>[0]) as unknown as SourceCode;
    } catch (error) {
      const line = typeof error === 'object' && error !== null && 'lineNumber' in error && typeof error.lineNumber === 'number' ? error.lineNumber : null;
      const reason = error instanceof Error ? error.message.replace(/\.$/, '') : 'it is no code';
      return { file: path, line, message: `It does not parse (${reason}), so its S3 calls are not checked.` };
    }
  };
  return {
    parser: parser as Parser,
    at(path) {
      let file = known.get(path);
      if (!file) known.set(path, (file = parse(path)));
      return file;
    },
  };
}
