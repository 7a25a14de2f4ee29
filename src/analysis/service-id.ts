import { bindingsOf, type Path } from '../calls/bindings.js';
import { entitiesOf } from '../calls/entities.js';
import type { Frame, Place } from '../calls/frames.js';
import { originsOf, type Origin } from '../calls/origins.js';
import { shapeOf } from '../calls/shapes.js';
import { isFunction, methodName, unwrap, type CallLike, type Node, type SourceCode } from '../calls/syntax.js';
import { makesThings, namesStarted, readsSameAgain } from '../libraries/service-ids.js';

/** What is asked of another service of AWS, by a command of its own client or by a method. */
interface Request {
  /** `StartExecution` */
  readonly operation: string;
  readonly input: Place | null;
}

/**
 * Whether a part of an answer is an id that another service of AWS has just given out: `FaceId` of an `IndexFacesCommand`,
 * `executionArn` of a `StartExecutionCommand`. What comes back of the request is none: `KeyId` of a `GenerateDataKeyCommand`.
 *
 * @param origin the end of a trail: an answer, and what is read of it
 * @param sourceCode its file
 * @returns the values of the request by which the service would give the same id again, such as a token of idempotency: the id
 *   is new where there is none or one of them is; null where it is no such id
 */
export function idOfService({ node, frame, path }: Origin, sourceCode: SourceCode): readonly Place[] | null {
  const id = idAt(path);
  const request = id && requestAnswered(node, frame, sourceCode);
  const made = request && makesThings.exec(request.operation);
  if (!id || !made) return null;
  const [verb = ''] = made;
  const thing = singular(request.operation.slice(verb.length));
  if (!speaksOf(id, thing) && !(verb !== 'Create' && namesStarted.test(id.of))) return null;
  const given = request.input ? [...shapeOf(request.input, sourceCode).properties] : [];
  // `StartInstances` starts those whose `InstanceIds` it is given.
  if (given.some(([name]) => isSame(idAt([name.replace(/s$/, '').replace(/Identifier$/, 'Id')])?.of, id.of, thing))) return null;
  return given.filter(([name]) => readsSameAgain(name, id)).flatMap(([, { values }]) => values);
}

/** What a name says that it is the id of: `face` of `FaceId`, and of `Face.Id`. */
interface NamedId {
  readonly of: string;
  readonly isArn: boolean;
  /** Whether the name says it itself, and not what holds it. */
  readonly bare: boolean;
}

function idAt(path: Path): NamedId | null {
  const names = path.filter((name) => !/^(?:\d+|\*)$/.test(name));
  const [, word, suffix] = /^(.*?)(Id|ID|Arn|ARN|^id|^arn)$/.exec(names.at(-1) ?? '') ?? [];
  if (word === undefined || suffix === undefined) return null;
  return { of: singular(word === '' ? (names.at(-2) ?? '') : word), isArn: /arn/i.test(suffix), bare: word === '' };
}

const singular = (words: string): string => words.toLowerCase().replace(/ies$/, 'y').replace(/s$/, '');

/** `TaskId` of a `SpeechSynthesisTask`; `id` of what a `CreateDeployment` answers with. A version counts within what it is a version of. */
const speaksOf = (id: NamedId, thing: string): boolean => id.of !== 'version' && ((id.bare && id.of === '') || isRelated(id.of, thing));

const isRelated = (one: string, other: string): boolean => one !== '' && other !== '' && (one.endsWith(other) || other.endsWith(one));

const isSame = (given: string | undefined, answered: string, thing: string): boolean => given !== undefined && (given === answered || isRelated(given, thing));

/** The request that an expression is the answer to. */
function requestAnswered(node: Node, frame: Frame | null, sourceCode: SourceCode): Request | null {
  const call = callAnswering(node, sourceCode);
  if (!call) return null;
  for (const argument of call.arguments) {
    for (const origin of originsOf({ node: argument, frame }, sourceCode)) {
      const operation = origin.node.type === 'NewExpression' ? commandOf(origin.node, origin.frame, sourceCode) : null;
      const [input] = origin.node.type === 'NewExpression' ? origin.node.arguments : [];
      if (operation !== null) return { operation, input: input ? { node: input, frame: origin.frame } : null };
    }
  }
  const callee = unwrap(call.callee);
  const method = methodName(call);
  if (method === null || callee.type !== 'MemberExpression' || !isService(callee.object, frame, sourceCode)) return null;
  const [input] = call.arguments;
  return { operation: method.charAt(0).toUpperCase() + method.slice(1), input: input && !isFunction(input) ? { node: input, frame } : null };
}

/** The call itself, the one whose `.promise()` it is, or the one whose callback is given it. */
function callAnswering(node: Node, sourceCode: SourceCode): CallLike | null {
  if (node.type === 'CallExpression') {
    const callee = methodName(node) === 'promise' ? unwrap(node.callee) : null;
    const sent = callee?.type === 'MemberExpression' ? unwrap(callee.object) : node;
    return sent.type === 'CallExpression' ? sent : null;
  }
  const [definition] = bindingsOf(sourceCode).definitionsAt(node);
  const call = definition?.kind === 'parameter' && definition.index === 1 && definition.path.length === 0 ? definition.function.parent : null;
  return call?.type === 'CallExpression' && call.arguments.at(-1) === (definition?.kind === 'parameter' ? definition.function : null) ? call : null;
}

/** `StartExecution` of `new StartExecutionCommand(…)`; null for what another package, or S3, has. */
function commandOf(node: CallLike, frame: Frame | null, sourceCode: SourceCode): string | null {
  for (const { module, path } of entitiesOf({ node: node.callee, frame }, sourceCode)) {
    const [name, ...below] = path;
    if (isClientOfService(module) && name?.endsWith('Command') && below.length === 0) return name.slice(0, -'Command'.length);
  }
  return null;
}

const isClientOfService = (module: string): boolean => module.startsWith('@aws-sdk/client-') && module !== '@aws-sdk/client-s3';

/** `new SQS({})` of v3, `new AWS.SQS()` of v2. */
const isService = (node: Node, frame: Frame | null, sourceCode: SourceCode): boolean =>
  originsOf({ node, frame }, sourceCode).some(
    (origin) =>
      origin.node.type === 'NewExpression' &&
      origin.path.length === 0 &&
      entitiesOf({ node: origin.node.callee, frame: origin.frame }, sourceCode).some(({ module, path }) => {
        if (path.length > 1) return false;
        if (module === 'aws-sdk' || module === 'aws-sdk/clients/all') return path[0] !== undefined && path[0] !== 'S3';
        return isClientOfService(module) || (module.startsWith('aws-sdk/clients/') && module !== 'aws-sdk/clients/s3');
      }),
  );
