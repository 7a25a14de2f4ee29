import { choicesOf, intrinsicOf, textOf, type TemplateScope } from './intrinsics.js';
import { knownText, type TemplateText } from './template-text.js';
import { valueOf, type TemplateNode } from './template-tree.js';

/** An environment variable that a template gives to some code. */
export interface EnvironmentVariable {
  readonly name: string;
  readonly text: TemplateText;
  /** What it may hold: more than one text where a condition chooses. */
  readonly choices: readonly TemplateText[];
}

/**
 * Services spell their environment in three ways: Lambda has `Environment: { Variables: { NAME: … } }`, containers and
 * builds have lists of `{ Name, Value }`, others plain mappings. What is taken for a variable and is none does no harm:
 * only variables that hold the name of a bucket are ever asked for.
 *
 * @param node the properties of a resource, or the globals of a SAM template
 * @param scope the template
 * @returns the variables in it, at any depth
 */
export function environmentVariablesIn(node: TemplateNode | null, scope: TemplateScope): readonly EnvironmentVariable[] {
  const variables: EnvironmentVariable[] = [];
  /** Aliases make nodes shared; each is looked into once. */
  const seen = new Set<TemplateNode>();
  const look = (at: TemplateNode | null): void => {
    if (at === null || seen.has(at)) return;
    seen.add(at);
    if (at.kind === 'list') at.items.forEach(look);
    if (at.kind !== 'mapping') return;
    for (const [key, { value }] of at.entries) {
      if (/environment/i.test(key)) variables.push(...readEnvironment(value, scope));
      look(value);
    }
  };
  look(node);
  return variables;
}

/**
 * @param environment the value of an environment property
 * @param scope the template
 * @returns its variables
 */
export function readEnvironment(environment: TemplateNode, scope: TemplateScope): readonly EnvironmentVariable[] {
  return choicesOf(environment).flatMap((choice): readonly EnvironmentVariable[] => {
    if (choice?.kind === 'list') return choice.items.flatMap((item) => choicesOf(item)).flatMap((item) => listedVariable(item, scope));
    if (choice?.kind !== 'mapping' || intrinsicOf(choice)) return [];
    const variables = choice.entries.get('Variables')?.value;
    if (variables) return readEnvironment(variables, scope);
    return [...choice.entries].flatMap(([name, { value }]) => variable(name, value, scope));
  });
}

function listedVariable(item: TemplateNode | null, scope: TemplateScope): readonly EnvironmentVariable[] {
  const [name, value, type] = [valueOf(item, 'Name'), valueOf(item, 'Value'), valueOf(item, 'Type')];
  // A build reads other types from Parameter Store or Secrets Manager: there the value only says where.
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-codebuild-project-environmentvariable.html
  if (!name || !value || (type && knownText(textOf(type, scope)) !== 'PLAINTEXT')) return [];
  const text = knownText(textOf(name, scope));
  return text === null ? [] : variable(text, value, scope);
}

function variable(name: string, value: TemplateNode, scope: TemplateScope): readonly EnvironmentVariable[] {
  if (value.kind !== 'scalar' && intrinsicOf(value) === null) return [];
  return [{ name, text: textOf(value, scope), choices: choicesOf(value).flatMap((choice) => (choice ? [textOf(choice, scope)] : [])) }];
}
