import { originsOf } from '../../calls/origins.js';
import type { S3Call } from '../../calls/s3-call.js';
import { shapeOf, type KnownProperty } from '../../calls/shapes.js';
import { calledName, enclosingFunction, isNothing, walk, type Node, type SourceCode } from '../../calls/syntax.js';

const emulator = /localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]|minio|localstack|s3rver|s3-?mock|fake-?s3|seaweed|rustfs|garage|host\.docker\.internal|\.local\b|:(?:4566|9000)\b/i;
const amazon = /amazonaws/;

/**
 * @param call a call
 * @param sourceCode its file
 * @returns whether it is known to go to a store of one's own, such as an emulator for tests: bucket names are not shared
 *   with strangers there
 */
export function goesToPrivateStore(call: S3Call, sourceCode: SourceCode): boolean {
  const setUps = call.receivers.flatMap((receiver) => originsOf({ node: receiver, frame: null }, sourceCode)).flatMap(({ node, frame }) => {
    const options = node.type === 'NewExpression' || node.type === 'CallExpression' ? node.arguments[0] : undefined;
    return options && options.type !== 'SpreadElement' ? [shapeOf({ node: options, frame }, sourceCode).properties] : [];
  });
  const endpoints = setUps.map((properties) => properties.get('endpoint') ?? properties.get('endPoint'));
  const texts = endpoints.map((endpoint) => (endpoint ? textsOf(endpoint, sourceCode) : ''));
  // minio's client is made for servers of one's own.
  if (call.client === 'minio') return !texts.some((text) => amazon.test(text));
  return setUps.some((properties, index) => {
    const text = texts[index] ?? '';
    if (!endpoints[index] || amazon.test(text)) return false;
    // AWS does not take path-style requests for new buckets.
    const pathStyle = properties.get('forcePathStyle') ?? properties.get('s3ForcePathStyle');
    return emulator.test(text) || (pathStyle?.values.some(({ node }) => !isNothing(node) && !(node.type === 'Literal' && node.value === false)) ?? false);
  });
}

/** What stands in the source of a value, in its constants and parts. */
function textsOf({ values }: KnownProperty, sourceCode: SourceCode): string {
  const texts: string[] = [];
  const gather = (root: Node): void => {
    walk(root, sourceCode, (node) => {
      if (node.type === 'Literal' && typeof node.value === 'string') texts.push(node.value);
      if (node.type === 'TemplateElement') texts.push(node.value.raw);
      // `process.env.MINIO_ENDPOINT`
      if (node.type === 'Identifier') texts.push(node.name);
    });
  };
  for (const value of values) {
    gather(value.node);
    for (const origin of originsOf(value, sourceCode)) gather(origin.node);
  }
  return texts.join('\n');
}

/** Whether code is run by a test: `beforeAll(async () => { … })`. */
export function isInTest(node: Node): boolean {
  for (let inner = enclosingFunction(node); inner; inner = enclosingFunction(inner)) {
    const call = inner.parent;
    const name = call.type === 'CallExpression' ? calledName(call) : '';
    if (/^(?:before|beforeAll|beforeEach|after|afterAll|afterEach|describe\w*|it|test|suite)$/.test(name)) return true;
  }
  return false;
}
