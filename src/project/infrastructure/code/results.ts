import { Node, SyntaxKind, type CallExpression } from 'ts-morph';

import { moduleOf } from './exports.js';
import type { Frame } from './frame.js';
import { appliedFrame, argumentsOf, calledFrame, itemFrames, returnsOf, someFrame } from './frames.js';
import { placeKey } from './place.js';
import { nothing, piecesOf, type Entry, type FunctionValue, type Member, type Piece, type Value } from './value.js';
import type { World } from './world.js';

/** What a call gives. */
export function resultOf(node: CallExpression, frame: Frame | null, world: World): readonly Value[] {
  const module = requiredModule(node);
  if (module !== null) return [moduleOf(module, node.getSourceFile(), world)];
  return world.valuesOf(node.getExpression(), frame).flatMap((callee): readonly Value[] => {
    if (callee.kind === 'function') return returned(callee, calledFrame(callee, node, frame, world), world);
    const known = callee.kind === 'member' ? methodResult(callee, node, frame, world) : callee.kind === 'library' ? libraryResult(callee.path.at(-1) ?? '', node, frame, world) : null;
    return known ?? [{ kind: 'called', key: placeKey({ node, frame }, world), node, frame, callee }];
  });
}

/** `require('…')`, `import('…')`. */
function requiredModule(node: CallExpression): string | null {
  const callee = node.getExpression();
  const [argument] = node.getArguments();
  return (callee.getKind() === SyntaxKind.ImportKeyword || (Node.isIdentifier(callee) && callee.getText() === 'require')) && Node.isStringLiteral(argument) ? argument.getLiteralText() : null;
}

function returned(called: FunctionValue, run: Frame, world: World): readonly Value[] {
  const nodes = returnsOf(called.node);
  return nodes.length === 0 ? [nothing] : nodes.flatMap((node) => world.valuesOf(node, run));
}

/** Methods of texts and lists, and Pulumi's `apply`. */
function methodResult({ of, name }: Member, node: CallExpression, frame: Frame | null, world: World): readonly Value[] | null {
  if (name === 'toLowerCase' || name === 'toUpperCase') return of.kind === 'text' ? [{ kind: 'text', pieces: of.pieces.map((piece) => inCase(piece, name)) }] : null;
  if (name === 'toString' || name === 'trim') return of.kind === 'text' ? [of] : null;
  // What a Pulumi output holds at run time: https://www.pulumi.com/docs/reference/pkg/nodejs/pulumi/pulumi/#OutputInstance-get
  if (name === 'get' && node.getArguments().length === 0) return [of];
  const [argument] = node.getArguments();
  const callbacks = argument && (name === 'map' || name === 'flatMap' || name === 'apply') ? world.valuesOf(argument, frame) : [];
  const [callback] = callbacks;
  if (callback?.kind !== 'function') return null;
  // https://www.pulumi.com/docs/iac/concepts/inputs-outputs/apply/
  if (name === 'apply') return returned(callback, appliedFrame(callback, () => [of], node, frame, world), world);
  if (of.kind !== 'list') return null;
  const runs = itemFrames(callback, of.items, node, frame, world);
  const items = runs.map((run): Entry => ({ node: returnsOf(callback.node)[0] ?? node, value: () => returned(callback, run, world) }));
  return name === 'map' ? [{ kind: 'list', key: placeKey({ node, frame }, world), items, whole: of.whole && items.length === of.items.length }] : null;
}

const inCase = (piece: Piece, name: 'toLowerCase' | 'toUpperCase'): Piece => (typeof piece === 'string' ? piece[name]() : { hole: `${piece.hole}.${name}` });

/** Functions of the tools that hand on what they are given. */
function libraryResult(name: string, node: CallExpression, frame: Frame | null, world: World): readonly Value[] | null {
  const [argument] = node.getArguments();
  if (!argument) return null;
  switch (name) {
    // Pulumi: https://www.pulumi.com/docs/iac/concepts/inputs-outputs/all/
    case 'all':
    case 'output':
    case 'secret':
      return world.valuesOf(argument, frame);
    // SST v2 runs a stack once and gives its result to all: https://v2.sst.dev/constructs/Stack#using-the-stack-function
    case 'use': {
      const stacks = world.valuesOf(argument, frame).filter((value) => value.kind === 'function');
      return stacks.length > 0 ? stacks.flatMap((stack) => returned(stack, someFrame(stack.node, world), world)) : null;
    }
    case 'concat': {
      const { given, whole } = argumentsOf(node, frame, world);
      return whole ? [{ kind: 'text', pieces: given.flatMap((value): readonly Piece[] => piecesOf(value())) }] : null;
    }
    default:
      return null;
  }
}

