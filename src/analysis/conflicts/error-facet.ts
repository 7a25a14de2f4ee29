import type { Client } from '../../calls/s3-call.js';
import { originsOf } from '../../calls/origins.js';
import { isNothing, propertyName, unwrap, type Node, type SourceCode } from '../../calls/syntax.js';
import { boundPath } from './bound-path.js';

/** What the errors of a library tell a conflict by. */
export type Library = Exclude<Client, 'lib-storage' | 'lent'>;

/** A property of an error that is asked for a conflict. */
export interface ErrorFacet {
  /** The name that the error is first known by. */
  readonly error: Node;
  /** `code`, `$metadata.httpStatusCode`. */
  readonly property: FacetName;
}

/** Whether a property has the code of the answer (`PreconditionFailed`) or its HTTP status, in the libraries that set it. */
const facets = {
  name: 'code',
  Code: 'code',
  code: 'code',
  statusCode: 'status',
  status: 'status',
  httpStatusCode: 'status',
  '$metadata.httpStatusCode': 'status',
  '$metadata.statusCode': 'status',
  '$metadata.status': 'status',
  '$response.statusCode': 'status',
} as const;

export type FacetName = keyof typeof facets;

export const isFacet = (property: string): property is FacetName => Object.hasOwn(facets, property);

/** Whether a property is asked for the code or for the status. */
export const kindOf = (property: FacetName): 'code' | 'status' => facets[property];

/**
 * The properties that an error has when S3 answered with a conflict; found by running each library against such answers.
 * v3: https://github.com/aws/aws-sdk-js-v3/blob/main/supplemental-docs/ERROR_HANDLING.md
 * v2: https://docs.aws.amazon.com/AWSJavaScriptSDK/latest/AWS/Response.html (`name` is a copy of `code`)
 * minio: its `S3Error` takes over the elements of the answer in lower case, and its `name` is that of the class.
 */
const set: Readonly<Record<Library, ReadonlySet<FacetName>>> = {
  v3: new Set<FacetName>(['name', 'Code', '$metadata.httpStatusCode', '$response.statusCode']),
  v2: new Set<FacetName>(['code', 'name', 'statusCode']),
  minio: new Set<FacetName>(['code']),
};

/** Whether the errors of a library tell a conflict by a property. */
export const tells = (library: Library, property: FacetName): boolean => set[library].has(property);

/** What to ask the errors of a library for instead; null where they do not have it. */
export const facetOf = (library: Library, kind: 'code' | 'status'): string | null =>
  ({ v3: { code: 'name', status: '$metadata?.httpStatusCode' }, v2: { code: 'code', status: 'statusCode' }, minio: { code: 'code', status: null } })[library][kind];

/** The library that a client is of; null where it may be one of several. */
export function libraryOf(client: Client): Library | null {
  if (client === 'lent') return null;
  return client === 'lib-storage' ? 'v3' : client;
}

const lastNames = new Set(Object.keys(facets).map((name) => name.split('.').at(-1)));

/** Whether an expression may read a facet, as far as it can be told without following it. */
export function mayReadFacet(subject: Node): boolean {
  const node = unwrap(subject);
  if (node.type === 'MemberExpression') return lastNames.has(propertyName(node) ?? '');
  return node.type === 'Identifier' || node.type === 'LogicalExpression' || node.type === 'ConditionalExpression';
}

/**
 * @param subject an expression that is compared
 * @param sourceCode its file
 * @returns the facets of one error that it may be (`error.name ?? error.code` is two); none where it may be anything else
 */
export function facetsReadBy(subject: Node, sourceCode: SourceCode): readonly ErrorFacet[] {
  const found: ErrorFacet[] = [];
  for (const { node, path } of originsOf({ node: subject, frame: null }, sourceCode)) {
    // `error.code ?? ''`
    if (path.length === 0 && (isNothing(node) || (node.type === 'Literal' && !node.value))) continue;
    const property = node.type === 'Identifier' ? [...boundPath(node, sourceCode), ...path].join('.') : '';
    if (!isFacet(property)) return [];
    found.push({ error: node, property });
  }
  return found.every(({ error }) => error === found[0]?.error) ? found : [];
}
