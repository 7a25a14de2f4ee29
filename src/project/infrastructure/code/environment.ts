import { Node } from 'ts-morph';

import { argumentsOf } from './frames.js';
import { membersOf } from './members.js';
import { textOf } from './settings.js';
import { distinct, type Value } from './value.js';
import type { World } from './world.js';

/** An environment variable that code is given. */
export interface EnvironmentEntry {
  readonly variable: string;
  readonly values: readonly Value[];
}

/**
 * How functions, containers and builds are given their environment. The property counts wherever it stands: what is
 * looked for is the name of a bucket, which nothing but an environment is given under these words.
 */
const environmentProperties: readonly string[] = ['environment', 'environmentVariables', 'runtimeEnvironmentVariables'];

/** https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_lambda.Function.html#addwbrenvironmentkey-value-options */
const environmentCalls: readonly string[] = ['addEnvironment', 'addEnvironmentVariable', 'addEnvironmentVariables', 'addDefaultFunctionEnv'];

/** Every environment variable that the files give to something. */
export function environmentEntries(world: World): readonly EnvironmentEntry[] {
  const given = environmentProperties.flatMap((name) => (world.sites.properties.get(name) ?? []).flatMap((property) => propertyValues(property, world)));
  return [...distinct(given).flatMap((value) => entriesIn(value, world)), ...environmentCalls.flatMap((name) => addedEntries(name, world))];
}

/** What is linked to something: `link: [bucket]`, `fn.bind([bucket])`. */
export function linkedValues(names: readonly string[], world: World): readonly Value[] {
  const given = names.flatMap((name) => [
    ...(world.sites.properties.get(name) ?? []).flatMap((property) => propertyValues(property, world)),
    // Every other `bind` is handed a `this`, and is not followed.
    ...(world.sites.calls.get(name) ?? []).filter((call) => Node.isArrayLiteralExpression(call.getArguments()[0])).flatMap((call) => world.framesAround(call).flatMap((frame) => argumentsOf(call, frame, world).given[0]?.() ?? [])),
  ]);
  return distinct(given).flatMap((value) => (value.kind === 'list' ? value.items.flatMap((item) => item.value()) : [value]));
}

function propertyValues(property: Node, world: World): readonly Value[] {
  const node = Node.isPropertyAssignment(property) ? property.getInitializer() : Node.isShorthandPropertyAssignment(property) ? property.getNameNode() : undefined;
  return node ? world.framesAround(property).flatMap((frame) => world.valuesOf(node, frame)) : [];
}

/** `{ NAME: value }`, `{ NAME: { value } }` of CodeBuild, `{ variables: { NAME: value } }` of Lambda, `[{ name, value }]` of ECS, `[{ key, value }]` of Vercel. */
function entriesIn(value: Value, world: World): readonly EnvironmentEntry[] {
  if (value.kind === 'list') return value.items.flatMap((item) => item.value().flatMap((one) => namedEntry(one, world)));
  if (value.kind !== 'object') return [];
  return [...value.entries].flatMap(([name, entry]): readonly EnvironmentEntry[] => {
    const values = entry.value();
    if (name === 'variables') return values.flatMap((one) => entriesIn(one, world));
    return [{ variable: name, values: values.flatMap((one) => (one.kind === 'object' ? membersOf(one, 'value', world) : [one])) }];
  });
}

function namedEntry(value: Value, world: World): readonly EnvironmentEntry[] {
  if (value.kind !== 'object') return [];
  const variable = textOf(membersOf(value, 'name', world)) ?? textOf(membersOf(value, 'key', world));
  return variable === null ? [] : [{ variable, values: membersOf(value, 'value', world) }];
}

/** `fn.addEnvironment('NAME', value)`, `app.addDefaultFunctionEnv({ NAME: value })`. */
function addedEntries(name: string, world: World): readonly EnvironmentEntry[] {
  return (world.sites.calls.get(name) ?? []).flatMap((call) =>
    world.framesAround(call).flatMap((frame): readonly EnvironmentEntry[] => {
      const [first, second] = argumentsOf(call, frame, world).given.map((value) => value());
      const variable = first && textOf(first);
      if (variable != null && second) return [{ variable, values: second.flatMap((one) => (one.kind === 'object' ? membersOf(one, 'value', world) : [one])) }];
      return first?.flatMap((value) => entriesIn(value, world)) ?? [];
    }),
  );
}
