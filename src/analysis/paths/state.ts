import { identityOf, type Value } from './value.js';

/** One path through a program: what is known of its variables there, and what was answered where both ways were open. */
export interface State {
  /** By place: a variable, or a member path of one. */
  readonly values: ReadonlyMap<string, Value>;
  /** By question. */
  readonly answers: ReadonlyMap<string, Answer>;
}

export interface Answer {
  /** What it may have been: more than one where paths were put together, `unasked` among them where one did not ask. */
  readonly outcomes: readonly string[];
  /** Whether whoever calls the function gives it; the program's own are kept only to be given again. */
  readonly byCaller: boolean;
}

export const start: State = { values: new Map(), answers: new Map() };

/** A state in which a place holds a value; what was known of its members is forgotten. */
export function withValue(state: State, place: string, value: Value): State {
  const values = new Map(state.values);
  for (const known of state.values.keys()) if (known.startsWith(`${place}.`)) values.delete(known);
  return { ...state, values: values.set(place, value) };
}

/** A state that knows nothing of a place. */
export function withoutValue(state: State, place: string): State {
  if (!state.values.has(place)) return state;
  const values = new Map(state.values);
  values.delete(place);
  return { ...state, values };
}

/** A state in which a place was given another value: what was asked of the old one does not answer for the new. */
export function withAssignment(state: State, place: string, value: Value): State {
  const answers = new Map<string, Answer>();
  for (const [question, answer] of state.answers) {
    const isAbout = question.startsWith(place) && /^(?:$|[. ])/.test(question.slice(place.length));
    if (!isAbout) answers.set(question, answer);
    else if (answer.byCaller) answers.set(`before ${question}`, answer);
  }
  const values = new Map(state.values);
  // What was taken from the place before is not what it holds now.
  for (const [known, held] of state.values) if ((held.kind === 'given' || held.kind === 'unknown') && held.place === place) values.set(known, { ...held, place: null });
  return withValue({ answers, values }, place, value);
}

export const withAnswer = (state: State, question: string, outcome: string, who: 'caller' | 'program'): State => ({
  ...state,
  answers: new Map(state.answers).set(question, { outcomes: [outcome], byCaller: who === 'caller' }),
});

/** Owner: this module; lives as long as the state. */
const identities = new WeakMap<State['values'], string>();

/** A text that is equal for states that know the same. */
export function signatureOf({ values }: State): string {
  const known = identities.get(values) ?? [...values].map(([place, value]) => `${place}=${identityOf(value)}`).sort().join(';');
  identities.set(values, known);
  return known;
}

/** A state behind a turn of a loop: the next turn asks the same questions anew. */
export function afterTurn(state: State, before: State): State {
  const answers = new Map<string, Answer>();
  for (const [question, answer] of state.answers) {
    if (before.answers.has(question) || question.startsWith('turn ')) answers.set(question, answer);
    else if (answer.byCaller) answers.set(`turn ${question}`, answer);
  }
  return { ...state, answers };
}

/**
 * Puts together the states that know the same: what was answered differently made no difference.
 *
 * @returns as few states, each with what the caller may have answered to any of its own
 */
export function distinct(states: readonly State[]): readonly State[] {
  if (states.length < 2) return states;
  const byValues = new Map<string, State>();
  for (const state of states) {
    const values = signatureOf(state);
    const same = byValues.get(values);
    byValues.set(values, same ? merged(same, state) : state);
  }
  return [...byValues.values()];
}

/** One state for two that know the same. */
export const merged = (one: State, other: State): State => (one.answers === other.answers ? one : { ...one, answers: either(one.answers, other.answers) });

function either(one: State['answers'], other: State['answers']): State['answers'] {
  const answers = new Map<string, Answer>();
  const keep = (question: string, answer: Answer, outcomes: readonly string[]): void => {
    if (answer.byCaller) answers.set(question, outcomes === answer.outcomes ? answer : { ...answer, outcomes });
  };
  for (const [question, answer] of one) {
    const twin = other.get(question);
    if (twin === answer || (twin && isSubset(twin.outcomes, answer.outcomes) && isSubset(answer.outcomes, twin.outcomes))) answers.set(question, answer);
    else keep(question, answer, union(answer.outcomes, twin?.outcomes ?? unasked));
  }
  for (const [question, answer] of other) if (!one.has(question)) keep(question, answer, union(answer.outcomes, unasked));
  return answers;
}

const unasked = ['unasked'];
const isSubset = (some: readonly string[], all: readonly string[]): boolean => some.every((outcome) => all.includes(outcome));
const union = (some: readonly string[], others: readonly string[]): readonly string[] => (isSubset(others, some) ? some : [...some, ...others.filter((outcome) => !some.includes(outcome))]);
