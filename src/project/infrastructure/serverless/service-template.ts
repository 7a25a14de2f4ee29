import type { Location } from '../../../facts/project-finding.js';
import { readEnvironment, type EnvironmentVariable } from '../cloudformation/environment-variables.js';
import type { TemplateScope } from '../cloudformation/intrinsics.js';
import { identityOf, joinTexts, knownText } from '../cloudformation/template-text.js';
import { valueOf, type TemplateEntry, type TemplateMapping, type TemplateNode, type TemplateScalar } from '../cloudformation/template-tree.js';

/**
 * A service becomes a template when it is deployed: its resources as they are written, and a bucket for each S3 event
 * of its functions. https://www.serverless.com/framework/docs/providers/aws/guide/resources
 *
 * @param service the tree of a service, variables filled in
 * @returns the template, as far as buckets go
 */
export function templateOf(service: TemplateMapping): TemplateMapping {
  const sections = partsOf(valueOf(service, 'resources')).reduce<TemplateMapping | null>((one, other) => overlay(one, other), null);
  const declared = overlay(null, valueOf(sections, 'Resources') ?? empty(service));
  const resources = overlay(eventBuckets(service, declared), declared);
  const extended = overlayKnown(resources, valueOf(sections, 'extensions'));
  return { ...service, entries: new Map([...(sections?.entries ?? []), ['Resources', { at: extended.at, value: extended }]]) };
}

/**
 * @param service the tree of a service, variables filled in
 * @param scope its template
 * @returns the environment variables of all its functions
 */
export function functionVariables(service: TemplateMapping, scope: TemplateScope): readonly EnvironmentVariable[] {
  const environments = [valueOf(service, 'provider', 'environment'), ...functionsOf(service).map((each) => valueOf(each, 'environment'))];
  return environments.flatMap((environment) => (environment ? readEnvironment(environment, scope) : []));
}

/** Resources and functions are a mapping, or a list of mappings that are made one. */
const partsOf = (node: TemplateNode | null): readonly TemplateNode[] => (node?.kind === 'list' ? node.items : node ? [node] : []);

const functionsOf = (service: TemplateMapping): readonly TemplateNode[] =>
  partsOf(valueOf(service, 'functions')).flatMap((part) => (part.kind === 'mapping' ? [...part.entries.values()].map(({ value }) => value) : []));

const empty = ({ at }: TemplateNode): TemplateMapping => ({ kind: 'mapping', entries: new Map(), at });

/** Both mappings in one; where both have a value that is none, the second counts. */
function overlay(one: TemplateMapping | null, other: TemplateNode): TemplateMapping {
  if (other.kind !== 'mapping') return one ?? empty(other);
  if (!one) return other;
  const entries = new Map<string, TemplateEntry>(one.entries);
  for (const [key, entry] of other.entries) {
    const before = entries.get(key)?.value;
    const value = before?.kind === 'mapping' && entry.value.kind === 'mapping' ? overlay(before, entry.value) : entry.value;
    entries.set(key, { at: entry.at, value });
  }
  return { ...one, entries };
}

/** An extension changes a resource that is there, and makes none. Its place stays where it is declared. */
function overlayKnown(resources: TemplateMapping, extensions: TemplateNode | null): TemplateMapping {
  if (extensions?.kind !== 'mapping') return resources;
  const entries = new Map(resources.entries);
  for (const [id, { value }] of extensions.entries) {
    const resource = entries.get(id);
    if (resource?.value.kind === 'mapping') entries.set(id, { at: resource.at, value: overlay(resource.value, value) });
  }
  return { ...resources, entries };
}

/** An S3 event makes its bucket unless it says that there is one. https://www.serverless.com/framework/docs/providers/aws/events/s3 */
function eventBuckets(service: TemplateMapping, declared: TemplateMapping): TemplateMapping {
  const taken = new Set([...declared.entries.values()].map(({ value }) => valueOf(value, 'Properties', 'BucketName')).flatMap((name) => (name?.kind === 'scalar' ? [identityOf(name.text)] : [])));
  const entries = new Map<string, TemplateEntry>();
  for (const { name, at } of functionsOf(service).flatMap((each) => partsOf(valueOf(each, 'events'))).flatMap(madeBucket)) {
    const configured = valueOf(valueOf(service, 'provider', 's3'), knownText(name.text) ?? '');
    const properties = propertiesOf(name, configured);
    const bucketName = properties.entries.get('BucketName')?.value;
    if (bucketName?.kind === 'scalar' && taken.has(identityOf(bucketName.text))) continue;
    const id = `S3Bucket${joinTexts([name.text]).map((piece) => (typeof piece === 'string' ? alphanumeric(piece) : '')).join('')}`;
    const type: TemplateScalar = { kind: 'scalar', text: ['AWS::S3::Bucket'], at };
    if (!entries.has(id)) entries.set(id, { at, value: mapping(name, [['Type', type], ['Properties', properties]]) });
  }
  return { ...empty(service), entries };
}

function madeBucket(event: TemplateNode): readonly { readonly name: TemplateScalar; readonly at: Location }[] {
  const s3 = valueOf(event, 's3');
  const name = s3?.kind === 'mapping' ? valueOf(s3, 'bucket') : s3;
  const existing = valueOf(s3, 'existing');
  const isMade = existing === null || (existing.kind === 'scalar' && knownText(existing.text) === 'false');
  return name?.kind === 'scalar' && isMade ? [{ name, at: event.at }] : [];
}

/** `provider.s3` has the properties of a bucket in small letters, under the name that events call it by. */
function propertiesOf(name: TemplateScalar, configured: TemplateNode | null): TemplateMapping {
  const given = configured?.kind === 'mapping' ? [...configured.entries] : [];
  const own = given.map(([key, { value }]): [string, TemplateNode] => [key === 'name' ? 'BucketName' : key.charAt(0).toUpperCase() + key.slice(1), value]);
  return mapping(name, [['BucketName', name], ...own]);
}

const mapping = ({ at }: TemplateNode, entries: readonly (readonly [string, TemplateNode])[]): TemplateMapping => ({
  kind: 'mapping',
  entries: new Map(entries.map(([key, value]) => [key, { at, value }])),
  at,
});

/** A logical id is the name of the bucket without what ids cannot hold. */
function alphanumeric(name: string): string {
  const letters = name.replace(/[^0-9A-Za-z]/g, '');
  return letters.charAt(0).toUpperCase() + letters.slice(1);
}
