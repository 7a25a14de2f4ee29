import * as parser from '@typescript-eslint/parser';
import { Linter, type Rule } from 'eslint';

import plugin from '../../src/index.js';
import { walk, type CallLike, type Node, type SourceCode } from '../../src/calls/syntax.js';

/** How a piece of code is read. */
export type Language =
  | 'typescript'
  | 'javascript' // ECMAScript modules, by ESLint's own parser
  | 'commonjs'
  | 'script';

const languageOptions: Readonly<Record<Language, Linter.LanguageOptions>> = {
  typescript: { ecmaVersion: 'latest', sourceType: 'module', parser },
  javascript: { ecmaVersion: 'latest', sourceType: 'module' },
  commonjs: { ecmaVersion: 'latest', sourceType: 'commonjs' },
  script: { ecmaVersion: 'latest', sourceType: 'script' },
};

function verify(code: string, language: Language, config: Linter.Config): Linter.LintMessage[] {
  const filename = language === 'typescript' ? 'file.ts' : 'file.js';
  return new Linter({ configType: 'flat' }).verify(code, [{ files: [filename], languageOptions: languageOptions[language], ...config }], { filename });
}

/**
 * @param code a file
 * @param language how it is read
 * @returns what ESLint hands to a rule for it: scopes, visitor keys and parents are there
 * @throws Error where the code cannot be parsed
 */
export function parse(code: string, language: Language = 'typescript'): SourceCode {
  const captured: Rule.RuleContext['sourceCode'][] = [];
  const capture: Rule.RuleModule = {
    create: ({ sourceCode }) => ({
      Program() {
        captured.push(sourceCode);
      },
    }),
  };
  const messages = verify(code, language, { plugins: { test: { rules: { capture } } }, rules: { 'test/capture': 'error' } });
  const [sourceCode] = captured;
  if (!sourceCode) throw new Error(`Cannot parse: ${messages[0]?.message ?? 'no message'}\n${code}`);
  return sourceCode as unknown as SourceCode;
}

/** What the recommended rules say of a file. Rules that throw are not caught. */
export function recommended(code: string, language: Language = 'typescript', settings?: unknown): Linter.LintMessage[] {
  return verify(code, language, {
    plugins: { s3: plugin },
    rules: plugin.configs.recommended.rules,
    settings: { s3: settings },
  });
}

/** The first argument of every `mark(…)` in a file, in source order: the expressions that a test asks about. */
export function markedIn(sourceCode: SourceCode): readonly Node[] {
  const calls: CallLike[] = [];
  walk(sourceCode.ast, sourceCode, (node) => {
    if (node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'mark') calls.push(node);
  });
  return calls.flatMap((call) => call.arguments.slice(0, 1));
}
