import type { TSESTree } from '@typescript-eslint/utils';

import { isClientClass } from '../calls/clients/receivers.js';
import { entityOf } from '../calls/entities.js';
import type { Place } from '../calls/frames.js';
import { originsOf } from '../calls/origins.js';
import type { S3Call } from '../calls/s3-call.js';
import { propertyOf, shapeOf, type Shape } from '../calls/shapes.js';
import { literalText, type Node, type SourceCode } from '../calls/syntax.js';

/**
 * What a client is given that says how it speaks, or for whom, and not to which store: the name of a bucket is taken once
 * in a partition, whatever the region is and whoever asks.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
const noPartOfStore: ReadonlySet<string> = new Set([
  'region', 'followRegionRedirects', 'useArnRegion', 's3UseArnRegion',
  'credentials', 'accessKeyId', 'secretAccessKey', 'sessionToken', 'credentialDefaultProvider', 'profile',
  'useAccelerateEndpoint', 'useDualstackEndpoint', 'useFipsEndpoint', 'useDualstack', 'useGlobalEndpoint', 's3UsEast1RegionalEndpoint', 'forcePathStyle', 's3ForcePathStyle',
  'apiVersion', 'signatureVersion', 'maxAttempts', 'maxRetries', 'retryMode', 'retryStrategy', 'retryDelayOptions', 'requestHandler', 'httpOptions', 'tls', 'sslEnabled',
  'logger', 'customUserAgent', 'systemClockOffset', 'correctClockSkew', 'computeChecksums', 'requestChecksumCalculation', 'responseChecksumValidation',
]);

/** Whether two calls go through clients of different stores: equal names stand for other buckets there. */
export function usesOtherStorage(one: S3Call, other: S3Call, sourceCode: SourceCode): boolean {
  const [a, b] = [storeOf(one, sourceCode), storeOf(other, sourceCode)];
  return a !== null && b !== null && a !== b;
}

/** What tells the store that a call goes to from others; null where its client is not the only thing it may be. */
function storeOf(call: S3Call, sourceCode: SourceCode): string | null {
  const [only, ...others] = call.receivers.flatMap((receiver) => originsOf({ node: receiver, frame: null }, sourceCode));
  if (only?.node.type !== 'NewExpression' || others.length > 0 || only.path.length > 0) return null;
  return namedStore(only.node, only, sourceCode) ?? spelt(only.node, sourceCode);
}

/** What is set up in the same words is the same, however they are laid out. */
const spelt = (node: Node, sourceCode: SourceCode): string => sourceCode.getText(node).replace(/\s+/g, ' ').replace(/,(?= ?[)\]}])/g, '');

/** The store that a client of a package is set up for; null where it is a class of the project, or its set-up is not read whole. */
function namedStore({ callee, arguments: given }: TSESTree.NewExpression, { frame }: Place, sourceCode: SourceCode): string | null {
  const [maker, ...others] = originsOf({ node: callee, frame }, sourceCode);
  if (!maker || others.length > 0 || entityOf(maker) === null || !isClientClass(maker, sourceCode)) return null;
  const [options, ...more] = given;
  if (!options) return 'aws';
  const setUp = more.length > 0 || options.type === 'SpreadElement' ? null : shapeOf({ node: options, frame }, sourceCode);
  if (setUp?.open !== null) return null;
  const told = [...setUp.properties].filter(([name]) => !noPartOfStore.has(name)).map(([name, { values, always }]) => {
    const said = values.map(({ node }) => spelt(node, sourceCode)).join('|');
    return `${name}${always ? '' : '?'}: ${said}`;
  });
  return [partitionOf(setUp, sourceCode), ...told.sort()].join(', ');
}

/** Partitions have buckets of their own: a region says so by how its name begins. */
function partitionOf(setUp: Shape, sourceCode: SourceCode): string {
  const region = propertyOf(setUp, 'region');
  const [value, ...others] = region.kind === 'known' ? region.values.flatMap((place) => originsOf(place, sourceCode)) : [];
  const name = value && others.length === 0 && value.path.length === 0 ? literalText(value.node) : null;
  return /^(?:cn|us-gov|us-iso[a-z]?|eu-iso[a-z]?|eusc)(?=-)/.exec(name ?? '')?.[0] ?? 'aws';
}
