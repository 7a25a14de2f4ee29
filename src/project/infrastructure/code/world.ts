import type { NewExpression, Node, SourceFile } from 'ts-morph';

import type { Frame } from './frame.js';
import type { Sites } from './sites.js';
import type { ClassNode, Value } from './value.js';

/** The files that are read together, and what was worked out of them so far. */
export interface World {
  readonly sites: Sites;
  /** Names that a tool gives to its programs without an import, each with the package that it stands for. */
  readonly globals: ReadonlyMap<string, string>;
  /** The file that a relative import leads to. */
  readonly imported: (specifier: string, from: SourceFile) => SourceFile | null;
  /** A number for every node. */
  readonly id: (node: Node) => number;
  /** What an expression may be, in a frame of the function that it stands in. */
  readonly valuesOf: (node: Node, frame: Frame | null) => readonly Value[];
  /** All frames in which a node is known to be run. */
  readonly framesAround: (node: Node) => readonly (Frame | null)[];
  /** Owner: `runs.ts`. */
  readonly frames: Map<Node, readonly Frame[]>;
  /** Owner: `classes.ts`. */
  readonly instances: Map<ClassNode, readonly NewExpression[]>;
}
