import type { ArrowFunction, CallExpression, ClassDeclaration, ClassExpression, FunctionDeclaration, FunctionExpression, GetAccessorDeclaration, MethodDeclaration, NewExpression, Node, SourceFile } from 'ts-morph';

import type { PartialText } from '../../../facts/glob.js';
import type { Frame } from './frame.js';

/** What an expression of infrastructure code may stand for, as far as the files at hand tell. Nothing is run. */
export type Value = Text | Constant | Nothing | ObjectValue | ListValue | Made | Called | Member | Library | ClassValue | FunctionValue | ModuleValue | Unknown;

/** All values that an expression may have. It is worked out when it is asked for: most of a program says nothing of buckets. */
export type Lazy = () => readonly Value[];

/** A hole knows what would fill it, so that two texts with holes can be told to be one. */
export type Piece = string | { readonly hole: string };

export interface Text {
  readonly kind: 'text';
  readonly pieces: readonly Piece[];
}

export interface Constant {
  readonly kind: 'constant';
  readonly value: boolean | number;
}

/** `undefined`, `null`, or what was left out. */
export interface Nothing {
  readonly kind: 'nothing';
}

export interface Entry {
  readonly value: Lazy;
  readonly node: Node;
}

export interface ObjectValue {
  readonly kind: 'object';
  readonly key: string;
  readonly node: Node;
  readonly entries: ReadonlyMap<string, Entry>;
  /** Whether these are all: what is spread or computed and cannot be read leaves it open. */
  readonly whole: boolean;
}

export interface ListValue {
  readonly kind: 'list';
  readonly key: string;
  readonly items: readonly Entry[];
  readonly whole: boolean;
}

/** What a `new` gives: a construct, a resource, a component. */
export interface Made {
  readonly kind: 'made';
  readonly key: string;
  /** Null for some instance of a class that nobody makes in the files at hand. */
  readonly node: NewExpression | null;
  readonly frame: Frame | null;
  /** Its classes that are written in the files at hand, the most derived first. */
  readonly classes: readonly ClassNode[];
  /** The class of a library below them. */
  readonly base: Library | null;
}

/** What a call gives that leads out of the files at hand. */
export interface Called {
  readonly kind: 'called';
  readonly key: string;
  readonly node: CallExpression;
  readonly frame: Frame | null;
  readonly callee: Value;
}

export interface Member {
  readonly kind: 'member';
  readonly of: Value;
  readonly name: string;
}

/** Something that a package exports; an empty path is the package itself. */
export interface Library {
  readonly kind: 'library';
  readonly module: string;
  readonly path: readonly string[];
}

export type ClassNode = ClassDeclaration | ClassExpression;

export interface ClassValue {
  readonly kind: 'class';
  readonly key: string;
  readonly node: ClassNode;
}

export type FunctionNode = FunctionDeclaration | FunctionExpression | ArrowFunction | MethodDeclaration | GetAccessorDeclaration;

export interface FunctionValue {
  readonly kind: 'function';
  readonly key: string;
  readonly node: FunctionNode;
  /** The frame that it was written in: its free names are looked up there. */
  readonly frame: Frame | null;
}

/** A file of the project, as `import * as it` gives it. */
export interface ModuleValue {
  readonly kind: 'module';
  readonly source: SourceFile;
}

export interface Unknown {
  readonly kind: 'unknown';
  readonly key: string;
}

export const nothing: Nothing = { kind: 'nothing' };

/** A text that says which value it is: equal texts, equal values. */
export function keyOf(value: Value): string {
  switch (value.kind) {
    case 'text':
      return JSON.stringify(value.pieces);
    case 'constant':
      return String(value.value);
    case 'nothing':
      return 'nothing';
    case 'member':
      return `${keyOf(value.of)}.${value.name}`;
    case 'library':
      return [value.module, ...value.path].join('#');
    case 'module':
      return `module ${value.source.getFilePath()}`;
    default:
      return value.key;
  }
}

/** The one value that all of them are; null where they differ. */
export function soleOf(values: readonly Value[]): Value | null {
  const [first, ...rest] = values;
  if (!first) return null;
  const key = rest.length > 0 ? keyOf(first) : '';
  return rest.every((value) => keyOf(value) === key) ? first : null;
}

/** Every value once. */
export const distinct = (values: readonly Value[]): readonly Value[] => (values.length < 2 ? values : [...new Map(values.map((value) => [keyOf(value), value])).values()]);

/** The text that the values give: a hole where it is not exactly one. */
export function piecesOf(values: readonly Value[]): readonly Piece[] {
  const sole = soleOf(values);
  if (sole?.kind === 'text') return sole.pieces;
  if (sole?.kind === 'constant') return [String(sole.value)];
  return [{ hole: values.map(keyOf).sort().join('|') }];
}

/** Pieces as facts have them: neighbours are joined. */
export function partialText(pieces: readonly Piece[]): PartialText {
  const parts: (string | null)[] = [];
  for (const piece of pieces) {
    const part = typeof piece === 'string' ? piece : null;
    const last = parts.at(-1);
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part;
    else if (part !== '' && !(part === null && last === null)) parts.push(part);
  }
  return parts;
}
