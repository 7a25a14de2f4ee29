import type { TSESTree } from '@typescript-eslint/utils';

import type { Operation } from '../s3/operations.js';
import type { Frame, Place } from './frames.js';
import { getOrMake } from './per-file.js';
import { propertyOf, shapeOf, type PropertyValue, type Reason, type Shape } from './shapes.js';
import type { CallLike, Node, SourceCode } from './syntax.js';

/** The client library, as far as it decides what a call can say. */
export type Client =
  | 'v3' // `new PutObjectCommand(…)` and the aggregated `S3` class of `@aws-sdk/client-s3`
  | 'lib-storage' // `Upload`
  | 'v2' // `aws-sdk`: no `IfMatch` on any write
  | 'minio' // positional; conditions travel as headers in the metadata
  | 'lent'; // a client from another file, known by the shape of the call: v2 or v3

/** Where the input of a call stands. */
export type CallInput =
  | { readonly kind: 'object'; readonly node: TSESTree.Expression | null; readonly inherited: TSESTree.Expression | null }
  | { readonly kind: 'positional'; readonly arguments: Readonly<Record<string, TSESTree.Expression>>; readonly headers: TSESTree.Expression | null; readonly open: Reason | null };

/** One S3 call, recognised once and shared by all rules. */
export interface S3Call {
  /** The `new XCommand(…)` or the method call: where findings are reported. */
  readonly node: CallLike;
  readonly operation: Operation;
  readonly client: Client;
  readonly input: CallInput;
  /** Handed to `getSignedUrl`: nothing is sent here, somebody else will. */
  readonly presigned: boolean;
  /** The calls that send it: `client.send(command)`; the call itself where it is a method. */
  readonly sentBy: readonly CallLike[];
  /** What its input is called on or sent by; null where it is not seen. */
  readonly receivers: readonly Node[];
}

/** Owner: this module; lives as long as the call. */
const shapes = new WeakMap<S3Call, Map<Frame | null, Shape>>();

/**
 * @param call an S3 call
 * @param frame the chain of calls it is seen from
 * @param sourceCode its file
 * @returns what its input is known to hold, in the property names of `@aws-sdk/client-s3`
 */
export function inputShape(call: S3Call, frame: Frame | null, sourceCode: SourceCode): Shape {
  const ofCall = getOrMake(shapes, call, () => new Map<Frame | null, Shape>());
  return getOrMake(ofCall, frame, () => readInput(call, frame, sourceCode));
}

function readInput(call: S3Call, frame: Frame | null, sourceCode: SourceCode): Shape {
  const { input } = call;
  const properties = new Map<string, { values: Place[]; always: boolean; node: Node }>();
  if (input.kind === 'positional') {
    const headers = input.headers ? shapeOf({ node: input.headers, frame }, sourceCode) : null;
    for (const [header, value] of headers?.properties ?? []) {
      const name = { 'if-match': 'IfMatch', 'if-none-match': 'IfNoneMatch', versionid: 'VersionId' }[header.toLowerCase()] ?? header;
      properties.set(name, { values: [...value.values], always: value.always, node: value.node });
    }
    for (const [name, node] of Object.entries(input.arguments)) {
      properties.set(name, { values: [{ node, frame }], always: true, node });
    }
    return { properties, open: input.open ?? headers?.open ?? null };
  }
  const own = input.node ? shapeOf({ node: input.node, frame }, sourceCode) : { properties, open: null };
  if (!input.inherited) return own;
  // aws-sdk v2: `new AWS.S3({ params: { Bucket } })` gives every call what it does not say itself.
  const inherited = shapeOf({ node: input.inherited, frame: null }, sourceCode);
  return { properties: new Map([...inherited.properties, ...own.properties]), open: own.open };
}

/** One property of a call's input. */
export const inputProperty = (call: S3Call, name: string, frame: Frame | null, sourceCode: SourceCode): PropertyValue =>
  propertyOf(inputShape(call, frame, sourceCode), name);

/** The value of a property where it has exactly one. */
export function onlyValue(call: S3Call, name: string, frame: Frame | null, sourceCode: SourceCode): Place | null {
  const property = inputProperty(call, name, frame, sourceCode);
  return property.kind === 'known' && property.values.length === 1 ? (property.values[0] ?? null) : null;
}
