import { elementsOf, scopeWith, valueOf, type Scope } from './evaluate.js';
import type { Block, Body } from './syntax.js';
import { identityOf, isNull, knownText, literal, noEntries, unknown, type Value } from './value.js';

/** One of the things that a block with `count` or `for_each` stands for. */
export interface Repetition {
  /** `[0]`, `["uploads"]`, `[*]` for any number of them, empty for a block that stands for one. */
  readonly suffix: string;
  readonly scope: Scope;
  /** What decides whether it is there; null where it is there for sure. Equal texts decide alike. */
  readonly condition: string | null;
}

export interface Repetitions {
  readonly all: readonly Repetition[];
  /** @returns what a reference to the block gives, made of what a reference to each of its repetitions gives */
  readonly collect: (member: (repetition: Repetition) => Value) => Value;
}

/** More than that are read as any number of them. */
const limit = 100;

/**
 * @param block a resource, a data source or a call of a module
 * @param scope where it stands
 * @param address what it is called, which no other block is
 * @returns what it stands for
 *
 * https://developer.hashicorp.com/terraform/language/meta-arguments/for_each
 */
export function repetitionsOf(block: Block, scope: Scope, address: string): Repetitions {
  const [count, forEach] = ['count', 'for_each'].map((name) => block.body.attributes.get(name));
  if (count) return counted(valueOf(count, scope), scope, address);
  if (forEach) return forEachOf(valueOf(forEach, scope), scope, address);
  const once: Repetition = { suffix: '', scope, condition: null };
  return { all: [once], collect: (member) => member(once) };
}

function counted(count: Value, scope: Scope, address: string): Repetitions {
  const number = Number(knownText(count) ?? Number.NaN);
  const at = (index: Value, suffix: string, condition: string | null): Repetition => ({
    suffix,
    scope: scopeWith(scope, new Map([['count', { kind: 'object', entries: new Map([['index', index]]), rest: null }]])),
    condition,
  });
  if (number <= limit) {
    const all = Array.from({ length: number }, (_, index) => at(literal(index), `[${index}]`, null));
    return { all, collect: (member) => ({ kind: 'list', elements: all.map(member), rest: null }) };
  }
  const extent = identityOf(count);
  const any = at(unknown(null), '[*]', extent ?? address);
  return { all: [any], collect: (member) => ({ kind: 'list', elements: [], rest: { value: member(any), extent } }) };
}

function forEachOf(collection: Value, scope: Scope, address: string): Repetitions {
  const elements = elementsOf(collection) ?? [{ key: unknown(null), value: unknown(null), certain: false }];
  const ofSet = collection.kind === 'list';
  const extent = 'rest' in collection ? (collection.rest?.extent ?? null) : identityOf(collection);
  const all = (elements.length > limit ? [] : elements).map(({ key, value, certain }): Repetition & { readonly name: string | null } => {
    const name = certain ? knownText(ofSet ? value : key) : null;
    const each: Value = { kind: 'object', entries: new Map([['key', ofSet ? value : key], ['value', value]]), rest: null };
    return {
      name,
      suffix: name === null ? '[*]' : `[${JSON.stringify(name)}]`,
      scope: scopeWith(scope, new Map([['each', each]])),
      condition: certain ? null : (extent ?? address),
    };
  });
  if (elements.length > limit) return forEachOf(unknown(null), scope, address);
  return {
    all,
    collect(member) {
      const entries = new Map<string, Value>();
      let rest: Value | null = null;
      for (const repetition of all) {
        if (repetition.name !== null) entries.set(repetition.name, member(repetition));
        else rest = rest ? unknown(null) : member(repetition);
      }
      return { kind: 'object', entries, rest: rest && { value: rest, extent } };
    },
  };
}

/** A nested block, and where its expressions are to be read. */
export interface NestedBlock {
  readonly block: Block;
  readonly body: Body;
  readonly scope: Scope;
  /** Whether it is there for sure: a `dynamic` block may stand for none. */
  readonly certain: boolean;
}

/**
 * @param body the body of a block
 * @param type the type of the nested blocks that are wanted
 * @param scope where it stands
 * @returns its nested blocks of that type, those of `dynamic` blocks included
 *
 * https://developer.hashicorp.com/terraform/language/expressions/dynamic-blocks
 */
export function nestedBlocks(body: Body, type: string, scope: Scope): readonly NestedBlock[] {
  return body.blocks.flatMap((block): readonly NestedBlock[] => {
    if (block.type === type) return [{ block, body: block.body, scope, certain: true }];
    return block.type === 'dynamic' && block.labels[0] === type ? dynamicBlocks(block, type, scope) : [];
  });
}

function dynamicBlocks(block: Block, type: string, scope: Scope): readonly NestedBlock[] {
  const content = block.body.blocks.find((nested) => nested.type === 'content');
  const forEach = block.body.attributes.get('for_each');
  if (!content || !forEach) return [];
  const named = block.body.attributes.get('iterator');
  const iterator = named?.kind === 'name' ? named.name : type;
  const collection = valueOf(forEach, scope);
  const elements = isNull(collection) ? elementsOf(noEntries) : elementsOf(collection);
  return (elements ?? [{ key: unknown(null), value: unknown(null), certain: false }]).map(({ key, value, certain }) => ({
    block,
    body: content.body,
    scope: scopeWith(scope, new Map([[iterator, { kind: 'object', entries: new Map([['key', key], ['value', value]]), rest: null }]])),
    certain,
  }));
}

/** @returns the value of an attribute; null where it is not written, or written as null, which is the same */
export function attributeOf(body: Body, name: string, scope: Scope): Value | null {
  const expression = body.attributes.get(name);
  const value = expression ? valueOf(expression, scope) : null;
  return value && isNull(value) ? null : value;
}

/** @returns the text of an attribute where all of it is known */
export function attributeText(body: Body, name: string, scope: Scope): string | null {
  const value = attributeOf(body, name, scope);
  return value && knownText(value);
}

