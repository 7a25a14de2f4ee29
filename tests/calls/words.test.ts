import { describe, expect, it } from 'vitest';

import { calledFunctions } from '../../src/calls/called-functions.js';
import { enter } from '../../src/calls/frames.js';
import { isFunction, walk, type CallLike, type FunctionNode, type SourceCode } from '../../src/calls/syntax.js';
import { renderText, textOf } from '../../src/calls/text.js';
import { wordsAt } from '../../src/calls/words.js';
import { markedIn, parse } from './parse.js';

/** Where a piece of code speaks of what another function names: the call behind the comment `here`. */
function callHere(sourceCode: SourceCode): CallLike {
  const [comment] = sourceCode.getAllComments();
  const calls: CallLike[] = [];
  walk(sourceCode.ast, sourceCode, (node) => {
    if (node.type === 'CallExpression' && comment && node.range[0] > comment.range[1]) calls.push(node);
  });
  const [call] = calls;
  if (!call) throw new Error('Nothing stands behind the comment');
  return call;
}

/** What is marked in a function, in the words of the call that leads there. */
function saidHere(code: string): string {
  const sourceCode = parse(code);
  const call = callHere(sourceCode);
  const [node] = markedIn(sourceCode);
  const called = calledFunctions(call, null, sourceCode).find((one): one is FunctionNode => isFunction(one) && node !== undefined && one.range[0] < node.range[0] && node.range[1] < one.range[1]);
  if (!node || !called) throw new Error(`Nothing is marked in what is called in ${code}`);
  return renderText(textOf({ node, frame: enter(called, call, null) }, sourceCode), (hole) => wordsAt(hole, { node: call, frame: null }, sourceCode));
}

describe('what a caller can say of a key', () => {
  it.each([
    { name: 'a parameter is its argument', code: 'const put = (key) => mark(`a/${key}`); export const f = (user) => { /* here */ put(user.id); };', said: 'a/${user.id}' },
    { name: 'a property of a literal is what is given it', code: 'const put = ({ id }) => mark(`a/${id}`); export const f = (id, row) => { /* here */ put({ id: row.id }); };', said: 'a/${row.id}' },
    { name: 'a property of what is handed on as a whole', code: 'const put = (row) => mark(row.id); export const f = (user) => { /* here */ put(user); };', said: '${user.id}' },
    { name: 'a property that was replaced after it was made', code: 'const put = (row) => mark(row.id); export const f = (user, id) => { const row = { id: user.id }; row.id = id; /* here */ put(row); };', said: '${row.id}' },
    { name: 'the last of two properties', code: 'const put = (row) => mark(row.id); export const f = (user, id) => { /* here */ put({ id, ...{}, id: user.id }); };', said: '${user.id}' },
    { name: 'an element of a list', code: 'const put = ([, id]) => mark(id); export const f = (pair) => { /* here */ put(pair); };', said: '${pair[1]}' },
    { name: 'a property whose name is no identifier', code: "const put = ({ 'file-id': id }) => mark(id); export const f = (row) => { /* here */ put(row); };", said: "${row['file-id']}" },
    { name: 'a variable of the module, which both know', code: 'const region = regionOf(); const put = () => mark(`${region}/a`); export const f = () => { /* here */ put(); };', said: '${region}/a' },
    { name: 'a field of the same instance', code: 'class Store { put() { mark(this.key); } save() { /* here */ this.put(); } }', said: '${this.key}' },
    { name: 'a short call, as it stands', code: 'const put = (key) => mark(key); export const f = (user) => { /* here */ put(keyOf(user.id)); };', said: '${keyOf(user.id)}' },
    { name: 'a short call that is given a template', code: 'const put = (key) => mark(key); export const f = (user) => { /* here */ put(keyOf(`a/${user.id}`)); };', said: '${keyOf(`a/${user.id}`)}' },
    { name: 'a long call without what it is given', code: 'class Store { put(key) { mark(`a/${key}`); } save(user, region) { /* here */ this.put(this.keyOfPipeline(user.organisation.id, region)); } }', said: 'a/${this.keyOfPipeline(…)}' },
    { name: 'calls of what a long call answers', code: "const put = (key) => mark(`a/${key}`); export const f = () => { /* here */ put(moment(new Date()).tz('Europe/Berlin').format('YYYY-MM-DD')); };", said: 'a/${moment(…).tz(…).format(…)}' },
    { name: 'an element of what a long call answers', code: "const put = (key) => mark(`a/${key}`); export const f = (rows, row) => { /* here */ put(rowsInOrderOf(rows, 'ascending')[row.index].id); };", said: 'a/${rowsInOrderOf(…)[…].id}' },
    { name: 'a call that is given code, without the code', code: 'const put = (key) => mark(`a/${key}`); export const f = (ids) => { /* here */ put(ids.find((id) => id > 1)); };', said: 'a/${ids.find(…)}' },
    { name: 'an environment variable, whoever reads it', code: 'const put = () => { const bucket = process.env.BUCKET; mark(bucket); }; export const f = () => { /* here */ put(); };', said: '${process.env.BUCKET}' },
  ])('$name', ({ code, said }) => {
    expect(saidHere(code)).toBe(said);
  });
});

describe('what a caller cannot say of a key', () => {
  it.each([
    { name: 'a local of the function that is called', code: 'const put = () => { const id = idOf(); mark(`a/${id}`); }; export const f = () => { /* here */ put(); };', said: 'a/…' },
    { name: 'a variable of the module that it hides by one of its own', code: 'const id = idOf(); const put = () => mark(`a/${id}`); export const f = (id) => { /* here */ put(); use(id); };', said: 'a/…' },
    { name: 'an element of a loop of the function that is called', code: 'const put = (rows) => { for (const row of rows) mark(`a/${row.id}`); }; export const f = (rows) => { /* here */ put(rows); };', said: 'a/…' },
    { name: 'a field of another instance of its class', code: 'class Store { put() { mark(`a/${this.key}`); } copy() { const other = new Store(); /* here */ other.put(); } }', said: 'a/…' },
    { name: 'a field of an instance of another class', code: 'class Store { put() { mark(`a/${this.key}`); } } class Shop { save() { const store = new Store(); /* here */ store.put(); } }', said: 'a/…' },
    { name: 'a property of a literal that is spread over', code: 'const put = (row) => mark(`a/${row.id}`); export const f = (user, more) => { /* here */ put({ id: user.id, ...more }); };', said: 'a/…' },
    { name: 'a parameter with a default, which may stand for it', code: "const put = (row, id = idOf()) => mark(`a/${id}`); export const f = (user) => { /* here */ put(user, user.id ?? undefined); };", said: 'a/…' },
    { name: 'an expression that is long and no name', code: "const put = (key) => mark(`a/${key}`); export const f = (user) => { /* here */ put(user.isGuest ? 'guests/everybody.json' : user.organisation.id); };", said: 'a/…' },
    { name: 'a chain of calls that is longer than a reader follows', code: 'const put = (key) => mark(`a/${key}`); export const f = (one) => { /* here */ put(theFirstOfAllNamesOf(one).withoutWhatNobodyKnows(one).inTheOrderOfTheirMaking(one)); };', said: 'a/…' },
    { name: 'two such pieces next to each other', code: 'const put = () => { const [a, b] = idsOf(); mark(`${a}${b}.json`); }; export const f = () => { /* here */ put(); };', said: '….json' },
  ])('$name', ({ code, said }) => {
    expect(saidHere(code)).toBe(said);
  });
});
