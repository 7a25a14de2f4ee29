import type { Location } from '../../../facts/project-finding.js';

/**
 * Terraform's language as plain data, whichever way it was written (HCL or JSON), so that nothing above holds on to a
 * parser's tree.
 * https://developer.hashicorp.com/terraform/language/syntax/configuration
 */

export interface Body {
  readonly attributes: ReadonlyMap<string, Expression>;
  readonly blocks: readonly Block[];
}

/** `resource "aws_s3_bucket" "uploads" { … }`. */
export interface Block {
  readonly type: string;
  readonly labels: readonly string[];
  readonly body: Body;
  /** Its header: the type and the labels. */
  readonly at: Location;
}

export type Expression = { readonly at: Location } & (
  | { readonly kind: 'literal'; readonly value: number | boolean | null }
  /** A text, with expressions where it interpolates. */
  | { readonly kind: 'template'; readonly parts: readonly (string | Expression)[] }
  | { readonly kind: 'list'; readonly elements: readonly Expression[] }
  | { readonly kind: 'object'; readonly entries: readonly Entry[] }
  | { readonly kind: 'name'; readonly name: string }
  /** `of.key` and `of[key]`. */
  | { readonly kind: 'member'; readonly of: Expression; readonly key: Expression }
  /** `of[*].a.b`: the path is taken from each element. */
  | { readonly kind: 'splat'; readonly of: Expression; readonly path: readonly Expression[] }
  /** `spread` where the last argument is followed by `...`. */
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly Expression[]; readonly spread: boolean }
  | { readonly kind: 'conditional'; readonly test: Expression; readonly then: Expression; readonly otherwise: Expression }
  | { readonly kind: 'operation'; readonly operator: string; readonly operands: readonly Expression[] }
  | ForExpression
  | { readonly kind: 'unread' }
);

export interface Entry {
  readonly key: Expression;
  readonly value: Expression;
}

/** `[for v in c : x if t]` and `{ for k, v in c : k => x if t }`. */
export interface ForExpression {
  readonly kind: 'for';
  readonly keyName: string | null;
  readonly valueName: string;
  readonly collection: Expression;
  /** Null where a list is made. */
  readonly key: Expression | null;
  readonly value: Expression;
  readonly condition: Expression | null;
  /** `=> x...`: values of one key become a list. */
  readonly grouped: boolean;
}

/** What was made of one file. */
export interface ParsedFile {
  readonly body: Body;
  /** The line of the first mistake; null where all of it was read. */
  readonly brokenAt: number | null;
}

export const emptyBody: Body = { attributes: new Map(), blocks: [] };
