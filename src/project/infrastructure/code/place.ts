import type { Node } from 'ts-morph';

import type { Frame } from './frame.js';
import type { World } from './world.js';

/** An expression, in a frame of the function that it stands in. */
export interface Place {
  readonly node: Node;
  readonly frame: Frame | null;
}

/** A text that is another for every place. */
export const placeKey = ({ node, frame }: Place, world: World): string => `${world.id(node)}@${frame?.key ?? ''}`;
