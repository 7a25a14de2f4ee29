import { identityOf, type Value } from './value.js';

/** One path through a program: what is known of its variables there, and which way it took where both were open. */
export interface State {
  /** By place: a variable, or a member path of one. */
  readonly values: ReadonlyMap<string, Value>;
  /** By what was asked. */
  readonly decisions: ReadonlyMap<string, Decision>;
}

export interface Decision {
  /** What it may have been: more than one where paths were put together, `unasked` among them where one did not ask. */
  readonly outcomes: readonly string[];
  /** Whether whoever calls the function decides it. */
  readonly byCaller: boolean;
}

export const start: State = { values: new Map(), decisions: new Map() };

/** A state in which a place holds a value; what was known of its members is forgotten. */
export function withValue(state: State, place: string, value: Value): State {
  const values = new Map([...state.values].filter(([known]) => !known.startsWith(`${place}.`)));
  return { ...state, values: values.set(place, value) };
}

/** A state in which a place was given another value: what was asked of the old one does not answer for the new. */
export function withAssignment(state: State, place: string, value: Value): State {
  const isAbout = (question: string): boolean => question === place || question.startsWith(`${place}.`) || question.startsWith(`${place} `);
  const decisions = new Map([...state.decisions].map(([question, decision]): [string, Decision] => [isAbout(question) ? `before ${question}` : question, decision]));
  // What was taken from the place before is not what it holds now.
  const values = new Map([...state.values].map(([known, held]): [string, Value] => [known, (held.kind === 'given' || held.kind === 'unknown') && held.place === place ? { ...held, place: null } : held]));
  return { decisions, values: withValue({ ...state, values }, place, value).values };
}

export const withDecision = (state: State, question: string, outcome: string, who: 'caller' | 'program'): State => ({
  ...state,
  decisions: new Map(state.decisions).set(question, { outcomes: [outcome], byCaller: who === 'caller' }),
});

const valuesIn = (state: State): string => [...state.values].map(([place, value]) => `${place}=${identityOf(value)}`).sort().join(';');
const decisionsIn = (state: State): string => [...state.decisions].map(([question, { outcomes }]) => `${question}:${outcomes.join('|')}`).sort().join(';');

/** A text that is equal for states that nothing can tell apart. */
export const signatureOf = (state: State): string => `${valuesIn(state)}|${decisionsIn(state)}`;

/** A state behind a turn of a loop: the next turn asks the same questions anew. */
export function afterTurn(state: State, before: State): State {
  const decisions = new Map([...state.decisions].map(([question, decision]): [string, Decision] => [before.decisions.has(question) || question.startsWith('turn ') || question.startsWith('loop ') ? question : `turn ${question}`, decision]));
  return { ...state, decisions };
}

/**
 * Puts together the states that know the same: what they decided differently made no difference.
 *
 * @returns as few states, each with what any of its own decided
 */
export function distinct(states: readonly State[]): readonly State[] {
  if (states.length < 2) return states;
  const byValues = new Map<string, State>();
  for (const state of states) {
    const values = valuesIn(state);
    const same = byValues.get(values);
    byValues.set(values, same ? { ...same, decisions: either(same.decisions, state.decisions) } : state);
  }
  return [...byValues.values()];
}

function either(one: State['decisions'], other: State['decisions']): State['decisions'] {
  const unasked = ['unasked'];
  const decisions = new Map<string, Decision>();
  for (const [question, decision] of [...one, ...other]) {
    const outcomes = [...(one.get(question)?.outcomes ?? unasked), ...(other.get(question)?.outcomes ?? unasked)];
    decisions.set(question, { outcomes: [...new Set(outcomes)].sort(), byCaller: decision.byCaller });
  }
  return decisions;
}
