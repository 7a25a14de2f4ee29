import { join } from 'node:path';

import { RuleCreator } from '@typescript-eslint/utils/eslint-utils';
import type { JSONSchema, TSESLint, TSESTree } from '@typescript-eslint/utils';

import { isOwn, modulePathOf } from '../calls/linked-source.js';
import { getOrMake } from '../calls/per-file.js';
import { s3CallsOf } from '../calls/s3-calls.js';
import type { S3Call } from '../calls/s3-call.js';
import type { Node, SourceCode } from '../calls/syntax.js';
import type { Settings } from '../facts/settings.js';
import { concernsS3, knownFile } from './known-file.js';
import { keepRelated, type RelatedNode } from './related-nodes.js';
import { oldSdkFor, oldSdkSentence, withOldSdk, type OldSdk, type SdkNeed } from './sdk-need.js';

/** What the plugin needs to know of a rule beside what ESLint asks for. */
export interface S3RuleDocs {
  readonly description: string;
  /** Severity in `recommended`; null for a rule of `strict` alone. */
  readonly recommended: 'error' | 'warn' | null;
  /** Options that `strict` sets. */
  readonly strictOptions?: Readonly<Record<string, unknown>>;
  readonly url?: string;
}

export interface S3RuleMeta<MessageIds extends string> {
  readonly type: 'problem' | 'suggestion';
  readonly docs: S3RuleDocs;
  readonly messages: Readonly<Record<MessageIds, string>>;
  readonly schema: readonly JSONSchema.JSONSchema4[];
  readonly defaultOptions?: readonly Readonly<Record<string, unknown>>[];
  readonly fixable?: 'code';
  readonly hasSuggestions?: true;
}

/**
 * A report. Where it `needs` a condition that the installed SDK drops, it goes out with neither fix nor suggestions, and
 * its message says which version to update to: `{ needs: { call, conditions: ['IfMatch'] } }`. What it speaks of beside its own
 * place is `related`: ESLint shows it by line only, the analyzer leads there.
 */
export type S3Report<MessageIds extends string> = TSESLint.ReportDescriptor<MessageIds> & { readonly needs?: SdkNeed; readonly related?: readonly RelatedNode[] };

/** What a rule is handed. It does not look for S3 calls: they are given to it. */
export interface Tools<MessageIds extends string, Options> {
  readonly sourceCode: SourceCode;
  readonly settings: Settings;
  readonly options: Options;
  readonly report: (descriptor: S3Report<MessageIds>) => void;
  /** Whether the SDK that is installed for the file sends a condition: asked before a suggestion of it is made. */
  readonly canSend: (need: SdkNeed) => boolean;
}

/** The S3 calls that a rule wants to see, by what they do. */
export interface S3Visitor {
  write?(call: S3Call): void;
  delete?(call: S3Call): void;
  createBucket?(call: S3Call): void;
  /** Every call, whatever it does. */
  any?(call: S3Call): void;
  /** Once a file that touches S3, whether or not calls are recognised in it. */
  file?(program: TSESTree.Program): void;
}

export type S3Rule = TSESLint.RuleModule<string, readonly unknown[], S3RuleDocs> & { readonly name: string };

/** The page of a rule in the documentation. */
export const documentationOf = (name: string): string => `https://github.com/eslint-plugin-s3/eslint-plugin-s3/blob/main/docs/rules/${name}.md`;

const create = RuleCreator<S3RuleDocs>(documentationOf);

/** Which rule told of wrong settings in a file. Owner: this module; lives as long as the file's AST. */
const tellers = new WeakMap<object, Map<unknown, string>>();

/**
 * Makes a rule that is handed the S3 calls of each file.
 *
 * @param rule its name, its meta, and what it does with the calls; `Options` is the type of its one option object
 * @returns the ESLint rule. On a file without S3 it sets up no listener at all.
 */
export function createS3Rule<MessageIds extends string, Options extends object = object>(rule: {
  readonly name: string;
  readonly meta: S3RuleMeta<MessageIds>;
  /** Handed the calls of imported modules too, as the file leads to them. What stands there is reported there. */
  readonly seesImports?: true;
  readonly create: (tools: Tools<MessageIds, Options>) => S3Visitor;
}): S3Rule {
  const invalidSettings = '{{problem}} Rules run as if there were none.';
  const created = create<readonly unknown[], string>({
    name: rule.name,
    meta: { ...rule.meta, messages: { ...rule.meta.messages, ...messagesWithOldSdk(rule.meta.messages), invalidSettings } },
    create(context, [options]) {
      return {
        Program(program) {
          const { sourceCode, settings, root, problem } = knownFile(context);
          const calls = s3CallsOf(sourceCode).filter(({ node }) => rule.seesImports === true || isOwn(node, sourceCode));
          const [first] = calls;
          const given = (context.settings as Readonly<Record<string, unknown>>)['s3'];
          if (first && problem !== null && getOrMake(getOrMake(tellers, program, () => new Map<unknown, string>()), given, () => rule.name) === rule.name) {
            context.report({ node: first.node, messageId: 'invalidSettings', data: { problem } });
          }
          /** What sends the condition is the SDK of the file that has the call. */
          const oldSdkOf = (need: SdkNeed): OldSdk | null => {
            const path = modulePathOf(need.call.node);
            return oldSdkFor(need, { filename: path === null ? context.filename : join(root, path), cwd: context.cwd });
          };
          /** The module that each call of the file was told to lead to. */
          const told = new Map<Node, string | null>();
          const said = new Set<string>();
          const report = ({ needs, related = [], ...descriptor }: S3Report<MessageIds>): void => {
            if ('node' in descriptor && !isOwn(descriptor.node, sourceCode)) return;
            // A call on an interface leads to each of its implementations, and is told once.
            if ('node' in descriptor && needs && getOrMake(told, descriptor.node, () => modulePathOf(needs.call.node)) !== modulePathOf(needs.call.node)) return;
            // Two writes behind one call, which have the same to say.
            const words = JSON.stringify(['node' in descriptor ? descriptor.node.range : descriptor.loc, descriptor.messageId, descriptor.data]);
            if (said.has(words)) return;
            said.add(words);
            if ('node' in descriptor && related.length > 0) keepRelated(context.sourceCode.ast, { rule: context.id, at: descriptor.node.loc.start, nodes: related });
            const oldSdk = needs ? oldSdkOf(needs) : null;
            // Another file is not edited from here.
            if (!oldSdk) return context.report(needs && !isOwn(needs.call.node, sourceCode) ? { ...descriptor, fix: null, suggest: null } : descriptor);
            context.report({ ...descriptor, messageId: withOldSdk(descriptor.messageId), data: { ...descriptor.data, ...oldSdk }, fix: null, suggest: null });
          };
          const canSend = (need: SdkNeed): boolean => oldSdkOf(need) === null;
          const visitor = rule.create({ sourceCode, settings, options: (options ?? {}) as Options, report, canSend });
          visitor.file?.(program);
          for (const call of calls) {
            visitor.any?.(call);
            if (call.operation.effect === 'write') visitor.write?.(call);
            if (call.operation.effect === 'delete') visitor.delete?.(call);
            if (call.operation.effect === 'create-bucket') visitor.createBucket?.(call);
          }
        },
      };
    },
  });
  // The gate stands before the creator too, which copies the default options each time.
  return { ...created, create: (context) => (concernsS3(context) ? created.create(context) : {}) };
}

const messagesWithOldSdk = (messages: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(messages).map(([id, text]) => [withOldSdk(id), `${text} ${oldSdkSentence}`]));
