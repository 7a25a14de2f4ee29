import { createRequire } from 'node:module';

import type { Language, Node, Parser } from 'web-tree-sitter';

import type { Location } from '../../../facts/project-finding.js';
import type { TextFile } from '../reader.js';
import { emptyBody, type Block, type Body, type Entry, type Expression, type ParsedFile } from './syntax.js';

/** Reads one HCL file. */
export type HclParser = (file: TextFile) => ParsedFile;

/**
 * The parser, once a process: WebAssembly is set up lazily, so that a project without Terraform pays nothing for it.
 * Owner: this module; lives as long as the process. Null where the grammar is not installed: it is an optional dependency.
 */
let loaded: Promise<HclParser | null> | undefined;

/** @returns a parser of HCL; null where its grammar, an optional dependency, is not installed. Nothing is thrown. */
export const hclParser = (): Promise<HclParser | null> => (loaded ??= load());

async function load(): Promise<HclParser | null> {
  try {
    const grammar = createRequire(import.meta.url).resolve('@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-terraform.wasm');
    const treeSitter = await import('web-tree-sitter');
    await treeSitter.Parser.init();
    const language: Language = await treeSitter.Language.load(grammar);
    const parser = new treeSitter.Parser().setLanguage(language);
    return (file) => parse(parser, file);
  } catch {
    return null;
  }
}

function parse(parser: Parser, file: TextFile): ParsedFile {
  const tree = parser.parse(file.text);
  if (!tree) return { body: emptyBody, brokenAt: 1 };
  try {
    const root = tree.rootNode;
    const body = namedChild(root, 'body');
    const brokenAt = root.hasError ? firstMistake(root) : null;
    if (!body) return { body: emptyBody, brokenAt };
    return { body: bodyOf(body, file.path), brokenAt };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // Nested deeper than the stack is: no one wrote that to be applied.
    return { body: emptyBody, brokenAt: 1 };
  } finally {
    // The tree lives in the memory of the WebAssembly module, which is never collected.
    tree.delete();
  }
}

/** The line, from 1, of the first piece that the grammar does not know or misses. */
function firstMistake(node: Node): number {
  if (node.isError || node.isMissing) return node.startPosition.row + 1;
  const broken = node.children.find((child) => child.hasError || child.isMissing);
  return broken ? firstMistake(broken) : node.startPosition.row + 1;
}

/** A block or attribute with a mistake inside is left out whole: what the parser guessed of it was not written. */
function bodyOf(node: Node, file: string): Body {
  const readable = node.namedChildren.filter((child) => !child.hasError);
  return {
    attributes: new Map(readable.flatMap((child) => (child.type === 'attribute' ? [attributeOf(child, file)] : []))),
    blocks: readable.flatMap((child) => (child.type === 'block' ? [blockOf(child, file)] : [])),
  };
}

function attributeOf(node: Node, file: string): [name: string, value: Expression] {
  const value = namedChild(node, 'expression');
  return [namedChild(node, 'identifier')?.text ?? '', value ? expressionOf(value, file) : unread(node, file)];
}

function blockOf(node: Node, file: string): Block {
  const header = node.namedChildren.filter(({ type }) => type === 'identifier' || type === 'string_lit');
  const [type = node, ...labels] = header;
  const body = namedChild(node, 'body');
  return {
    type: type.text,
    labels: labels.map((label) => (label.type === 'string_lit' ? literalText(label) : label.text)),
    body: body ? bodyOf(body, file) : emptyBody,
    at: spanOf(type, header.at(-1) ?? type, file),
  };
}

/** One term, and what is taken of it: `aws_s3_bucket.uploads[0].id`. */
function expressionOf(node: Node, file: string): Expression {
  const [first, ...rest] = childrenOf(node).filter(({ type }) => type !== '(' && type !== ')');
  return first ? rest.reduce((of, accessor) => taken(of, accessor, node, file), termOf(first, file)) : unread(node, file);
}

function taken(of: Expression, accessor: Node, whole: Node, file: string): Expression {
  const at = of.at.line === whole.startPosition.row + 1 ? spanOf(whole, accessor, file) : of.at;
  if (accessor.type === 'get_attr' || accessor.type === 'index') return { kind: 'member', of, key: keyOf(accessor, file), at };
  if (accessor.type !== 'splat') return unread(whole, file);
  const path = (accessor.namedChild(0)?.namedChildren ?? []).filter(({ type }) => type === 'get_attr' || type === 'index');
  return { kind: 'splat', of, path: path.map((step) => keyOf(step, file)), at };
}

/** What `.name`, `[expression]` or `.0` takes. */
function keyOf(accessor: Node, file: string): Expression {
  const at = spanOf(accessor, accessor, file);
  if (accessor.type === 'get_attr') return { kind: 'template', parts: [namedChild(accessor, 'identifier')?.text ?? ''], at };
  const index = accessor.namedChild(0);
  const inside = index && namedChild(index, 'expression');
  return inside ? expressionOf(inside, file) : { kind: 'literal', value: Number(accessor.text.slice(1)), at };
}

function termOf(node: Node, file: string): Expression {
  const at = spanOf(node, node, file);
  const inner = node.namedChild(0);
  switch (node.type) {
    case 'expression':
      return expressionOf(node, file);
    case 'literal_value':
    case 'template_expr':
    case 'collection_value':
    case 'for_expr':
    case 'operation':
      return inner ? termOf(inner, file) : unread(node, file);
    case 'numeric_lit':
      return { kind: 'literal', value: Number(node.text), at };
    case 'bool_lit':
      return { kind: 'literal', value: node.text === 'true', at };
    case 'null_lit':
      return { kind: 'literal', value: null, at };
    case 'string_lit':
      return { kind: 'template', parts: [literalText(node)], at };
    case 'quoted_template':
    case 'heredoc_template':
      return { kind: 'template', parts: childrenOf(node).flatMap((part) => templatePart(part, node.type, file)), at };
    case 'tuple':
      return { kind: 'list', elements: expressionsIn(node, file), at };
    case 'object':
      return { kind: 'object', entries: node.namedChildren.flatMap((child) => (child.type === 'object_elem' ? [entryOf(child, file)] : [])), at };
    case 'variable_expr':
      return { kind: 'name', name: node.text, at };
    case 'function_call': {
      const list = namedChild(node, 'function_arguments');
      return {
        kind: 'call',
        name: namedChild(node, 'identifier')?.text ?? '',
        arguments: list ? expressionsIn(list, file) : [],
        spread: list !== null && namedChild(list, 'ellipsis') !== null,
        at,
      };
    }
    case 'conditional': {
      const [test, then, otherwise] = expressionsIn(node, file);
      return test && then && otherwise ? { kind: 'conditional', test, then, otherwise, at } : unread(node, file);
    }
    case 'unary_operation':
    case 'binary_operation':
      return operationOf(node, file);
    case 'for_tuple_expr':
    case 'for_object_expr':
      return forOf(node, file);
    default:
      return unread(node, file);
  }
}

/** An operand is a term with its accessors side by side: `var.a.b == "x"` has `var`, `.a`, `.b`, `==`, `"x"`. */
function operationOf(node: Node, file: string): Expression {
  const at = spanOf(node, node, file);
  const operands: Expression[] = [];
  let operator = '';
  let open: Expression | null = null;
  for (const child of childrenOf(node)) {
    if (child.type === '(' || child.type === ')') continue;
    if (!child.isNamed) {
      if (open) operands.push(open);
      [operator, open] = [child.type, null];
    } else open = open ? taken(open, child, node, file) : termOf(child, file);
  }
  return { kind: 'operation', operator, operands: open ? [...operands, open] : operands, at };
}

function forOf(node: Node, file: string): Expression {
  const at = spanOf(node, node, file);
  const intro = namedChild(node, 'for_intro');
  const collection = intro && namedChild(intro, 'expression');
  const names = intro?.namedChildren.filter(({ type }) => type === 'identifier').map(({ text }) => text) ?? [];
  const valueName = names.at(-1);
  const results = expressionsIn(node, file);
  const value = results.at(-1);
  if (!collection || valueName === undefined || !value) return unread(node, file);
  const condition = namedChild(node, 'for_cond');
  const test = condition && namedChild(condition, 'expression');
  return {
    kind: 'for',
    keyName: names.length > 1 ? (names[0] ?? null) : null,
    valueName,
    collection: expressionOf(collection, file),
    key: results.length > 1 ? (results[0] ?? null) : null,
    value,
    condition: test && expressionOf(test, file),
    grouped: namedChild(node, 'ellipsis') !== null,
    at,
  };
}

/** A bare word before `=` is a text; what stands in brackets is computed. */
function entryOf(node: Node, file: string): Entry {
  const [key, value] = node.namedChildren.filter(({ type }) => type === 'expression');
  if (!key || !value) return { key: unread(node, file), value: unread(node, file) };
  const read = expressionOf(key, file);
  const bare = read.kind === 'name' && key.child(0)?.type !== '(';
  return { key: bare ? { kind: 'template', parts: [read.name], at: read.at } : read, value: expressionOf(value, file) };
}

function templatePart(part: Node, of: string, file: string): (string | Expression)[] {
  if (part.type === 'template_literal') return [of === 'heredoc_template' ? part.text : unescaped(part.text)];
  if (part.type === 'template_interpolation') {
    const inside = namedChild(part, 'expression');
    return [inside ? expressionOf(inside, file) : unread(part, file)];
  }
  return part.type === 'template_directive' ? [unread(part, file)] : [];
}

const literalText = (node: Node): string => unescaped(namedChild(node, 'template_literal')?.text ?? '');

/** https://developer.hashicorp.com/terraform/language/expressions/strings */
const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))|([$%])\4\{/g, (all: string, short?: string, long?: string, letter?: string, sign?: string) => {
    if (sign !== undefined) return `${sign}{`;
    if (letter !== undefined) return escapes[letter] ?? all;
    const point = Number.parseInt(short ?? long ?? '', 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : all;
  });
}

const expressionsIn = (node: Node, file: string): Expression[] => node.namedChildren.flatMap((child) => (child.type === 'expression' ? [expressionOf(child, file)] : []));

/** Comments may stand between any two words. */
const childrenOf = (node: Node): Node[] => node.children.filter(({ type }) => type !== 'comment');

const namedChild = (node: Node, type: string): Node | null => node.namedChildren.find((child) => child.type === type) ?? null;

const unread = (node: Node, file: string): Expression => ({ kind: 'unread', at: spanOf(node, node, file) });

function spanOf(first: Node, last: Node, file: string): Location {
  const [start, end] = [first.startPosition, last.endPosition];
  return { file, line: start.row + 1, column: start.column + 1, endLine: end.row + 1, endColumn: end.column + 1 };
}
