import type { SourceCode } from './syntax.js';

/**
 * One answer a file, worked out when it is first asked for. It lives as long as the file's AST: hosts share one
 * `sourceCode` object among files, but never an AST.
 *
 * @param answer works it out
 * @returns the question
 */
export function perFile<Answer>(answer: (sourceCode: SourceCode) => Answer): (sourceCode: SourceCode) => Answer {
  const answers = new WeakMap<object, { readonly of: Answer }>();
  return (sourceCode) => {
    let known = answers.get(sourceCode.ast);
    if (!known) answers.set(sourceCode.ast, (known = { of: answer(sourceCode) }));
    return known.of;
  };
}

/** The value of a key, made when it is first asked for. */
export function getOrMake<Key, Value>(map: { get(key: Key): Value | undefined; set(key: Key, value: Value): unknown }, key: Key, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}
