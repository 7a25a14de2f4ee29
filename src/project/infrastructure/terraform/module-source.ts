import type { Block, Expression, ParsedFile } from './syntax.js';

/**
 * What the files of one directory declare together.
 * https://developer.hashicorp.com/terraform/language/files
 */
export interface ModuleSource {
  /** Relative to the root of the project; empty for the root itself. */
  readonly directory: string;
  readonly variables: ReadonlyMap<string, Block>;
  readonly locals: ReadonlyMap<string, Expression>;
  readonly outputs: ReadonlyMap<string, Block>;
  /** By `type.name`. */
  readonly resources: ReadonlyMap<string, Block>;
  /** By `type.name`. */
  readonly data: ReadonlyMap<string, Block>;
  /** The modules that it calls, by name. */
  readonly calls: ReadonlyMap<string, Block>;
  /** Its `terraform` blocks. */
  readonly settings: readonly Block[];
  /** Whether it sets up a provider, which only the root of a configuration should. */
  readonly setsUpProvider: boolean;
  /** Whether all its files were read: what is missing in it is absent only then. */
  readonly whole: boolean;
}

/**
 * @param directory relative to the root of the project
 * @param files what was parsed of the directory's files
 * @returns what they declare
 */
export function moduleSource(directory: string, files: readonly ParsedFile[]): ModuleSource {
  const blocks = files.flatMap(({ body }) => body.blocks);
  const ofType = (type: string): readonly Block[] => blocks.filter((block) => block.type === type);
  const byName = (type: string): ReadonlyMap<string, Block> => new Map(ofType(type).map((block) => [block.labels.join('.'), block]));
  return {
    directory,
    variables: byName('variable'),
    locals: new Map(ofType('locals').flatMap(({ body }) => [...body.attributes])),
    outputs: byName('output'),
    resources: byName('resource'),
    data: byName('data'),
    calls: byName('module'),
    settings: ofType('terraform'),
    setsUpProvider: ofType('provider').length > 0,
    whole: files.every(({ brokenAt }) => brokenAt === null),
  };
}
