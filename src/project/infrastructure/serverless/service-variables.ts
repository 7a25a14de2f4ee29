import { joinTexts, knownText, type TemplateText } from '../cloudformation/template-text.js';
import { valueOf, type TemplateEntry, type TemplateMapping, type TemplateNode, type TemplateScalar } from '../cloudformation/template-tree.js';

/** What the variables of a service refer to. https://www.serverless.com/framework/docs/providers/aws/guide/variables */
export interface Service {
  /** Names the holes: `${opt:stage}` of another service is another text. */
  readonly path: string;
  readonly root: TemplateMapping;
  /** The tree of an included file, by the path that is written; null where it was not given or cannot be read. */
  readonly include: (written: string) => TemplateNode | null;
}

/** What a variable stands for. Only what is missing for sure gives way to a fallback. */
type Answer = { readonly node: TemplateNode } | 'unknown' | 'missing';

/**
 * @param service a service
 * @returns its tree with the variables filled in, as far as the files tell them. What the command line, the environment
 *   or another service decides is a hole, its fallback notwithstanding: a deployment may say otherwise.
 */
export function fillVariables(service: Service): TemplateNode {
  /** Each node is filled once; null while it is being filled, for variables may lead to one another in a circle. */
  const filled = new Map<TemplateNode, TemplateNode | null>();

  const fill = (node: TemplateNode): TemplateNode => {
    const known = filled.get(node);
    if (known !== undefined) return known ?? { kind: 'unread', at: node.at };
    filled.set(node, null);
    const result = fillValue(node);
    filled.set(node, result);
    return result;
  };

  const fillValue = (node: TemplateNode): TemplateNode => {
    switch (node.kind) {
      case 'unread':
        return node;
      case 'list':
        return { ...node, items: node.items.map(fill) };
      case 'mapping':
        return { ...node, entries: merged(new Map([...node.entries].map(([key, { at, value }]) => [key, { at, value: fill(value) }]))) };
      case 'scalar':
        return fillText(node);
    }
  };

  const fillText = (node: TemplateScalar): TemplateNode => {
    const written = knownText(node.text);
    if (written === null || !written.includes('${')) return node;
    const parts = splitVariables(written);
    const [only] = parts;
    const whole = parts.length === 1 && only && 'variable' in only ? answerOf(only.variable) : 'unknown';
    if (typeof whole === 'object') return whole.node;
    const text = joinTexts(
      parts.map((part): TemplateText => {
        if ('text' in part) return [part.text];
        const answer = answerOf(part.variable);
        return typeof answer === 'object' && answer.node.kind === 'scalar' ? answer.node.text : [{ hole: holeName(part.variable, service) }];
      }),
    );
    return { ...node, text };
  };

  const answerOf = (variable: string): Answer => {
    for (const source of splitSources(variable)) {
      const answer = answerOfSource(source);
      if (answer !== 'missing') return answer;
    }
    return 'unknown';
  };

  const answerOfSource = (written: string): Answer => {
    const at = service.root.at;
    const literal = /^(?:'([^']*)'|"([^"]*)"|(-?\d+(?:\.\d+)?|true|false))$/.exec(written);
    if (literal) return { node: { kind: 'scalar', text: [literal[1] ?? literal[2] ?? literal[3] ?? ''], at } };
    const [only, ...others] = splitVariables(written);
    // A fallback may be a whole variable of its own.
    if (only && 'variable' in only && others.length === 0) return answerOf(only.variable);
    const address = fillText({ kind: 'scalar', text: [written], at });
    const source = address.kind === 'scalar' ? knownText(address.text) : null;
    if (source === null) return 'unknown';

    const own = /^self:(.*)$/.exec(source)?.[1]?.trim();
    if (own !== undefined) return isOverridden(own) ? 'unknown' : follow(service.root, own);
    const [, path, inside] = /^file\(\s*['"]?(.+?)['"]?\s*\)(?::(.*))?$/.exec(source) ?? [];
    const included = path === undefined ? null : service.include(path);
    return included ? follow(included, inside?.trim() ?? '') : 'unknown';
  };

  /** An address in a tree whose nodes may be variables themselves: `custom` is often a file of its own. */
  const follow = (root: TemplateNode, address: string): Answer => {
    let node = root;
    for (const step of address.split('.').filter((part) => part !== '')) {
      // Mappings are walked as they are written: one that is being filled has values that are not.
      const holder = node.kind === 'scalar' ? fill(node) : node;
      if (holder.kind === 'scalar' || holder.kind === 'unread') return 'unknown';
      const next = holder.kind === 'list' ? holder.items[Number(step)] : valueOf(holder, step);
      if (!next) return valueOf(holder, '<<') ? 'unknown' : 'missing';
      node = next;
    }
    return { node: fill(node) };
  };

  return fill(service.root);
}

/** `<<: ${file(common.yml)}` is known to be a mapping only now. */
function merged(entries: ReadonlyMap<string, TemplateEntry>): ReadonlyMap<string, TemplateEntry> {
  const from = entries.get('<<')?.value;
  return from?.kind === 'mapping' ? new Map([...from.entries, ...[...entries].filter(([key]) => key !== '<<')]) : entries;
}

/** `--stage` and `--region` go before what the file says. https://www.serverless.com/framework/docs/providers/aws/cli-reference/deploy */
const isOverridden = (address: string): boolean => address === 'provider.stage' || address === 'provider.region';

const holeName = (variable: string, service: Service): string => `${service.path}: \${${variable.replace(/\s+/g, '')}}`;

type Part = { readonly text: string } | { readonly variable: string };

/** What CloudFormation substitutes is left to it: `${Bucket}` and `${AWS::Region}` have no source in small letters. */
const isVariable = (text: string): boolean => /^\s*(?:[a-z][\w-]*(?:\([^)]*\))?(?:\.[\w-]+)*:(?!:)|(?:file|strToBool)\(|['"])/.test(text);

function splitVariables(text: string): readonly Part[] {
  const parts: Part[] = [];
  let start = 0;
  for (let from = text.indexOf('${'); from >= 0; from = text.indexOf('${', from)) {
    const end = closingBrace(text, from);
    const variable = text.slice(from + 2, end);
    if (end < 0 || !isVariable(variable)) {
      from += 2;
      continue;
    }
    if (from > start) parts.push({ text: text.slice(start, from) });
    parts.push({ variable: variable.trim() });
    start = from = end + 1;
  }
  if (start < text.length) parts.push({ text: text.slice(start) });
  return parts;
}

/** The brace that ends a variable, in which others may stand; -1 where there is none. */
function closingBrace(text: string, from: number): number {
  let open = 0;
  for (let index = from; index < text.length; index++) {
    if (text.startsWith('${', index)) open++;
    else if (text[index] === '}' && --open === 0) return index;
  }
  return -1;
}

/** `self:custom.name, 'default'` */
function splitSources(variable: string): readonly string[] {
  const sources: string[] = [];
  let [start, open, quote] = [0, 0, ''];
  for (const [index, character] of [...variable.split(''), ','].entries()) {
    if (index < variable.length && quote) quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === '(' || character === '{') open++;
    else if (character === ')' || character === '}') open--;
    else if (character === ',' && (open === 0 || index === variable.length)) {
      sources.push(variable.slice(start, index).trim());
      start = index + 1;
    }
  }
  return sources;
}
