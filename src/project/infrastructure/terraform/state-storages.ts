import { posix } from 'node:path';

import type { Location } from '../../../facts/project-finding.js';
import type { BackendAddition, BackendSettings, StateStorage } from '../../terraform-state-locking.js';
import type { TextFile } from '../reader.js';
import { valueOf, type Scope } from './evaluate.js';
import type { HclParser } from './hcl.js';
import type { Body, ParsedFile } from './syntax.js';
import { isNull, knownText, truthOf, unknown, type Value } from './value.js';

/** A file, and what was parsed of it. */
export interface ReadFile {
  readonly file: TextFile;
  readonly parsed: ParsedFile;
}

/**
 * @param files configurations, Terragrunt's files, and files with further settings for a backend
 * @param parse for configurations that Terragrunt writes from a text
 * @returns where they keep their state, as far as that is in S3
 */
export function stateStorages(files: readonly ReadFile[], parse: HclParser): readonly StateStorage[] {
  const backends = files.flatMap(({ file, parsed }) => (isTerragrunt(file.path) ? terragruntBackends(parsed.body, parse) : backendsIn(parsed.body)));
  const directories = backends.map(({ at }) => posix.dirname(at.file));
  const additions = files.flatMap((read) => {
    const directory = isAddition(read) ? backendDirectory(read.file.path, directories) : null;
    return directory === null ? [] : [{ directory, addition: additionOf(read) }];
  });
  return backends.map((backend) => ({
    ...backend,
    additions: additions.flatMap(({ directory, addition }) => (directory === posix.dirname(backend.at.file) ? [addition] : [])),
  }));
}

const isTerragrunt = (path: string): boolean => path.endsWith('.hcl') && !isAdditionName(path);

/** Names cannot be used in a backend, or stand for what only a run knows. */
const nothingKnown: Scope = { valueOf: () => unknown(null) };

function backendsIn(body: Body, reportAt: Location | null = null): readonly StateStorage[] {
  return body.blocks.flatMap((settings) =>
    settings.type === 'terraform'
      ? settings.body.blocks.flatMap((block): StateStorage[] =>
          block.type === 'backend' && block.labels[0] === 's3'
            ? [{ at: reportAt ?? block.at, appliedBy: reportAt ? 'terragrunt' : 'terraform', settings: settingsOf(block.body, nothingKnown), additions: [] }]
            : [],
        )
      : [],
  );
}

/**
 * Terragrunt has the backend in `remote_state`, or writes it into a file from a text.
 * https://terragrunt.gruntwork.io/docs/reference/hcl/blocks/#remote_state
 * https://terragrunt.gruntwork.io/docs/reference/hcl/blocks/#generate
 */
function terragruntBackends(body: Body, parse: HclParser): readonly StateStorage[] {
  const locals = new Map(body.blocks.flatMap((block) => (block.type === 'locals' ? [...block.body.attributes] : [])));
  const scope: Scope = { valueOf: (name) => (name === 'local' ? { kind: 'holder', id: 'local', member: localOf } : unknown(null)) };
  // Only locals that name nothing: a chain of them is not followed.
  function localOf(name: string): Value {
    const local = locals.get(name);
    return local ? valueOf(local, nothingKnown) : unknown(null);
  }
  return body.blocks.flatMap((block): readonly StateStorage[] => {
    const attribute = (name: string): Value => {
      const expression = block.body.attributes.get(name);
      return expression ? valueOf(expression, scope) : unknown(null);
    };
    if (block.type === 'remote_state' && knownText(attribute('backend')) === 's3') {
      const nested = block.body.blocks.find(({ type }) => type === 'config');
      const settings = nested ? settingsOf(nested.body, scope) : settingsOfValue(attribute('config'));
      return [{ at: block.at, appliedBy: 'terragrunt', settings, additions: [] }];
    }
    return block.type === 'generate' ? backendsIn(generated(attribute('contents'), parse), block.at) : [];
  });
}

/** What is interpolated into the text is a text itself as a rule, and stands in quotes. */
function generated(contents: Value, parse: HclParser): Body {
  const text = contents.kind === 'text' ? contents.pieces.map((piece) => (typeof piece === 'string' ? piece : 'interpolated')).join('') : '';
  return parse({ path: '', text: /\bbackend\b/.test(text) ? text : '' }).body;
}

function settingsOf(body: Body, scope: Scope): BackendSettings {
  const nested = body.blocks.map((block): [string, Value] => [block.type, unknown(null)]);
  return settingsOfValue({ kind: 'object', entries: new Map([...nested, ...[...body.attributes].map(([name, expression]): [string, Value] => [name, valueOf(expression, scope)])]), rest: null });
}

function settingsOfValue(value: Value): BackendSettings {
  if (value.kind !== 'object') return { values: new Map(), whole: false };
  const written = [...value.entries].flatMap(([name, setting]): [string, string | boolean | null][] => {
    // Endpoints of services have been gathered in one object since.
    if (name === 'endpoints') return setting.kind === 'object' && !setting.entries.has('dynamodb') ? [] : [['dynamodb_endpoint', null]];
    return isNull(setting) ? [] : [[name, truthOf(setting) ?? knownText(setting)]];
  });
  return { values: new Map(written), whole: value.rest === null };
}

/** Files for `-backend-config` are found by what they are called, and by what they hold. */
export const isAdditionName = (path: string): boolean => /\.tfbackend$|backend[^/]*\.(?:hcl|tfvars)$|backend[^/]*\/[^/]+\.(?:hcl|tfvars)$/.test(path);

const isAddition = ({ file, parsed }: ReadFile): boolean =>
  isAdditionName(file.path) && parsed.body.blocks.length === 0 && ['bucket', 'key', 'use_lockfile', 'dynamodb_table'].some((name) => parsed.body.attributes.has(name));

function additionOf({ file, parsed }: ReadFile): BackendAddition {
  const [first] = parsed.body.attributes.values();
  const start: Location = first?.at ?? { file: file.path, line: 1, column: 1, endLine: 1, endColumn: 1 };
  const settings = settingsOf(parsed.body, nothingKnown);
  return { at: { ...start, line: start.line, column: 1 }, settings: { ...settings, whole: parsed.brokenAt === null } };
}

/** The nearest directory, upwards from a file, that has a backend. */
function backendDirectory(path: string, directories: readonly string[]): string | null {
  for (let directory = posix.dirname(path); ; directory = posix.dirname(directory)) {
    if (directories.includes(directory)) return directory;
    if (directory === '.' || directory === '/') return null;
  }
}
