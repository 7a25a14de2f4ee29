import type { TSESTree } from '@typescript-eslint/utils';

import type { Node } from '../calls/syntax.js';

/** Another place that a report speaks of: the read that fed a write, the retry around it. */
export interface RelatedNode {
  readonly node: Node;
  /** What is there, in a sentence. */
  readonly message: string;
}

/** The places of one report. */
export interface RelatedNodes {
  /** As the host calls the rule: `s3/no-lost-update`. */
  readonly rule: string;
  readonly at: TSESTree.Position;
  readonly nodes: readonly RelatedNode[];
}

/** What the reports on a file speak of, which ESLint's messages have no room for. Owner: this module; lives as long as the AST. */
const kept = new WeakMap<object, RelatedNodes[]>();

/** Keeps the places of a report for those who can show them. */
export function keepRelated(ast: object, related: RelatedNodes): void {
  kept.set(ast, [...(kept.get(ast) ?? []), related]);
}

/** The places that reports on a file spoke of. */
export const relatedNodesOf = (ast: object): readonly RelatedNodes[] => kept.get(ast) ?? [];
