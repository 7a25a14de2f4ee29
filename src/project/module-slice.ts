import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { Variable } from '../calls/bindings.js';
import { isOwn } from '../calls/linked-source.js';
import { contains, namesBound, propertyName, walk, type Node, type SourceCode } from '../calls/syntax.js';

/** What a module shows to those that import it. */
export interface ModuleSlice {
  /** The names of its exports that reach S3; `*` where CommonJS exports something as a whole. */
  readonly names: ReadonlySet<string>;
  /** The names of those that only lend an S3 client. */
  readonly lends: ReadonlySet<string>;
  /** The statements behind them, by the line that each begins at. */
  readonly code: Readonly<Record<string, string>>;
  /** The same as nodes: statements, and members of classes. */
  readonly shown: readonly Node[];
  /** The members of classes that reach S3 or lend a client; none where a function is exported that does. */
  readonly methods: readonly string[];
}

/** A part of a module that is shown or left out as a whole: a statement, or a member of a class. */
interface Unit {
  readonly node: Node;
  /** The class that a member belongs to. */
  readonly owner: Unit | null;
  /** The name of a member. */
  readonly name: string | null;
  /** Shown with its class, whatever it does: the constructor, fields. */
  readonly standing: boolean;
  readonly uses: Set<Unit>;
  /** Names that are read from some object: `this.bucket`, `storage.put`. */
  readonly reads: Set<string>;
}

/**
 * Cuts out of a module what its importers can reach S3 by.
 *
 * Code is handed on as code: what a wrapper does with its arguments, what it returns, what it swallows and what it
 * retries is then seen by the same eyes that see a single file.
 *
 * @param sourceCode the module
 * @param roots the nodes that reach S3
 * @param clients the nodes that lend a client, and do no more
 * @param wanted names that importers put into buckets, keys and inputs, whether or not they reach S3: `keyOf`, and
 *   `Keys.of` for a method of a class
 * @returns its slice; no names where no export leads to a root or a client
 */
export function sliceOf(sourceCode: SourceCode, roots: readonly Node[], clients: readonly Node[], wanted: ReadonlySet<string>): ModuleSlice {
  const units = unitsOf(sourceCode);
  linkUnits(units, sourceCode);
  const reaching = reachingUnits(units, roots);
  // Who uses a client does not lend it: this is not spread to all that stands on it.
  const lending = new Set(clients.flatMap((client) => unitAt(client, units) ?? []));
  const told = new Set([...reaching, ...lending]);
  const lends = ({ unit }: Export): boolean => unit !== null && !reaching.has(unit) && [...lending].some((lender) => lender === unit || lender.owner === unit);
  const reaches = ({ unit }: Export): boolean => unit !== null && reaching.has(unit);
  const behind = ({ name, unit }: Export): readonly Unit[] => (unit ? [unit, ...units.filter((member) => member.owner !== null && (member.owner === unit || unit.uses.has(member.owner)) && wanted.has(`${name}.${member.name ?? ''}`))] : []);
  const stands = (one: Export): Set<Unit> => closure(behind(one), units, told);
  const exports = sourceCode.ast.body
    // What it imports stands behind it, and is not given out by it.
    .filter((statement) => isOwn(statement, sourceCode))
    .flatMap((statement) => exportsIn(statement, units, sourceCode))
    .filter((one) => reaches(one) || ((wanted.has(one.name) || lends(one)) && lengthOf(stands(one)) < longest));
  const names = new Set(exports.filter(reaches).map(({ name }) => name));
  const shown = closure(exports.flatMap(behind), units, told);
  const isClass = ({ unit }: Export): boolean => unit !== null && units.some(({ owner }) => owner === unit);
  const methods = exports.filter(reaches).every(isClass) ? [...told].flatMap(({ name }) => name ?? []) : [];
  return { methods, names, lends: new Set(exports.filter(lends).map(({ name }) => name)), code: codeOf(shown, exports, sourceCode), shown: [...shown].filter((unit) => !units.some(({ owner }) => owner === unit)).map(({ node }) => node) };
}

const moduleScopes = (sourceCode: SourceCode): readonly TSESLint.Scope.Scope[] =>
  (sourceCode.scopeManager?.scopes ?? []).filter(({ type }) => /^(?:module|global)$/.test(type));

/** Within itself a class is named in a scope of its own: `static create() { return new Storage(); }`. */
const classScopes = (sourceCode: SourceCode): readonly TSESLint.Scope.Scope[] => (sourceCode.scopeManager?.scopes ?? []).filter(({ type }) => /^class$/.test(type));

function unitsOf({ ast }: SourceCode): readonly Unit[] {
  return ast.body.flatMap((statement): Unit[] => {
    const unit = (node: Node, owner: Unit | null = null, name: string | null = null, standing = false): Unit => ({ node, owner, name, standing, uses: new Set(), reads: new Set() });
    const whole = unit(statement);
    const made = classIn(statement);
    if (!made) return [whole];
    const members = made.body.body.map((member) => {
      const named = member.type === 'MethodDefinition' || member.type === 'PropertyDefinition' ? propertyName(member) : null;
      const isMethod = member.type === 'MethodDefinition' ? member.kind === 'method' : member.type === 'PropertyDefinition' && member.value !== null && /Function/.test(member.value.type);
      return unit(member, whole, named, !isMethod);
    });
    return [whole, ...members];
  });
}

/** The class that a statement declares. */
function classIn(statement: Node): TSESTree.ClassDeclaration | TSESTree.ClassExpression | null {
  const inner = statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration' ? statement.declaration : statement;
  return inner?.type === 'ClassDeclaration' || inner?.type === 'ClassExpression' ? inner : null;
}

/** The innermost unit around a node. Units stand in source order, members behind their class. */
function unitAt(node: Node, units: readonly Unit[]): Unit | null {
  let [low, high] = [0, units.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const unit = units[middle];
    if (unit && unit.node.range[0] <= node.range[0]) low = middle;
    else high = middle - 1;
  }
  const found = units[low];
  const around = found && !contains(found.node, node) ? found.owner : found;
  return around && contains(around.node, node) ? around : null;
}

function linkUnits(units: readonly Unit[], sourceCode: SourceCode): void {
  for (const scope of [...moduleScopes(sourceCode), ...classScopes(sourceCode)]) {
    for (const variable of scope.variables) {
      const homes = new Set(variable.identifiers.flatMap((identifier) => unitAt(identifier, units) ?? []));
      for (const reference of variable.references) {
        const user = unitAt(reference.identifier, units);
        if (!user) continue;
        for (const home of homes) {
          if (home === user) continue;
          user.uses.add(home);
          // What sets a variable belongs to what reads it: `export function init() { client = new S3Client() }`.
          if (reference.isWrite() || hooksInto(reference.identifier)) home.uses.add(user);
        }
      }
    }
  }
  const nodes = new Set(units.map(({ node }) => node));
  for (const unit of units) {
    walk(unit.node, sourceCode, (node) => {
      if (node !== unit.node && nodes.has(node)) return false;
      const name = node.type === 'MemberExpression' ? propertyName(node) : null;
      if (name !== null) unit.reads.add(name);
      if (node.type === 'ObjectPattern') for (const property of node.properties) if (property.type === 'Property') unit.reads.add(propertyName(property) ?? '');
      return undefined;
    });
  }
}

/** `client.middlewareStack.add(…)` and `request.on('build', …)` at the top of a module change what a client sends. */
const hooksInto = (identifier: Node): boolean =>
  identifier.parent?.type === 'MemberExpression' && identifier.parent.object === identifier && /^(?:middlewareStack|on)$/.test(propertyName(identifier.parent) ?? '');

/** The units from which a root is reached. */
function reachingUnits(units: readonly Unit[], roots: readonly Node[]): ReadonlySet<Unit> {
  const reaching = new Set(roots.flatMap((root) => unitAt(root, units) ?? []));
  for (let before = -1; before !== reaching.size; ) {
    before = reaching.size;
    for (const unit of units) {
      if (reaching.has(unit)) continue;
      const byName = [...unit.uses].some((used) => reaching.has(used));
      const byMember = [...reaching].some((member) => member.owner && member.owner === (unit.owner ?? unit) && (unit === member.owner || (member.name !== null && unit.reads.has(member.name))));
      if (byName || byMember) reaching.add(unit);
    }
  }
  return reaching;
}

/** Constants and builders of keys are short; what is longer, such as a project's whole configuration, costs more than it tells. */
const longest = 4000;

const lengthOf = (shown: ReadonlySet<Unit>): number =>
  [...shown].filter((unit) => ![...shown].some(({ owner }) => owner === unit)).reduce((sum, { node }) => sum + node.range[1] - node.range[0], 0);

interface Export {
  readonly name: string;
  readonly unit: Unit | null;
  /** A line to be written for it; null where its statement says it itself. */
  readonly line: { readonly at: number; readonly text: string } | null;
}

function exportsIn(statement: TSESTree.ProgramStatement, units: readonly Unit[], sourceCode: SourceCode): readonly Export[] {
  const unit = units.find(({ node }) => node === statement) ?? null;
  const own = (name: string): Export => ({ name, unit, line: null });
  switch (statement.type) {
    case 'ExportNamedDeclaration': {
      const { declaration, source } = statement;
      if (declaration?.type === 'VariableDeclaration') return declaration.declarations.flatMap(({ id }) => namesBound(id).map(({ name }) => own(name)));
      if (declaration) return 'id' in declaration && declaration.id?.type === 'Identifier' ? [own(declaration.id.name)] : [];
      return statement.specifiers.map((specifier): Export => {
        const name = specifier.exported.type === 'Identifier' ? specifier.exported.name : specifier.exported.value;
        const text = `export { ${sourceCode.getText(specifier)} }${source ? ` from ${source.raw}` : ''};`;
        return { name, unit: source ? null : homeOf(specifier.local, units, sourceCode), line: { at: statement.loc.start.line, text } };
      });
    }
    case 'ExportDefaultDeclaration':
      return [own('default')];
    case 'TSExportAssignment':
      return [own('*'), own('default')];
    case 'ExpressionStatement':
      return namesAssigned(statement.expression).map(own);
    default:
      return [];
  }
}

/** The unit that declares what a name stands for. */
function homeOf(name: Node, units: readonly Unit[], sourceCode: SourceCode): Unit | null {
  for (const scope of moduleScopes(sourceCode)) {
    const variable: Variable | undefined = scope.variables.find(({ references, identifiers }) => references.some(({ identifier }) => identifier === name) || identifiers.some((identifier) => identifier === name));
    const [identifier] = variable?.identifiers ?? [];
    if (identifier) return unitAt(identifier, units);
  }
  return null;
}

/** The names that CommonJS gives out: `exports.put = …`, `module.exports = { put }`. */
function namesAssigned(expression: Node): readonly string[] {
  if (expression.type !== 'AssignmentExpression') return [];
  const path = expression.left.type === 'MemberExpression' ? memberNames(expression.left) : [];
  const names = path[0] === 'module' && path[1] === 'exports' ? path.slice(2) : path[0] === 'exports' ? path.slice(1) : null;
  if (!names || names.length > 1) return [];
  const [first] = names;
  const { right } = expression;
  if (first !== undefined) return [first, ...namesAssigned(right)];
  if (right.type !== 'ObjectExpression') return ['*', 'default'];
  return ['*', ...right.properties.flatMap((property) => (property.type === 'Property' ? (propertyName(property) ?? []) : []))];
}

function memberNames(node: Node): readonly string[] {
  if (node.type === 'Identifier') return [node.name];
  if (node.type !== 'MemberExpression') return [''];
  return [...memberNames(node.object), propertyName(node) ?? ''];
}

/** What the exports stand on: everything that they use, and of a class what reaches S3, and what they read of it: `new Ids().next`. */
function closure(exported: readonly Unit[], units: readonly Unit[], reaching: ReadonlySet<Unit>): Set<Unit> {
  const shown = new Set<Unit>();
  const pending = [...exported];
  for (let unit = pending.pop(); unit; unit = pending.pop()) {
    if (shown.has(unit)) continue;
    shown.add(unit);
    pending.push(...unit.uses, ...(unit.owner ? [unit.owner] : []));
    const owner = unit.owner ?? unit;
    for (const member of units) {
      const isRead = member.name !== null && unit.reads.has(member.name);
      if (member.owner === owner ? member.standing || reaching.has(member) || isRead : member.owner !== null && isRead && unit.uses.has(member.owner)) pending.push(member);
    }
  }
  return shown;
}

function codeOf(shown: ReadonlySet<Unit>, exports: readonly Export[], sourceCode: SourceCode): Readonly<Record<string, string>> {
  const pieces: { readonly line: number; readonly column: number; readonly text: string }[] = [];
  for (const statement of sourceCode.ast.body) {
    const unit = [...shown].find(({ node }) => node === statement);
    for (const { line } of exports) if (line?.at === statement.loc.start.line && !unit) pieces.push({ line: line.at, column: 0, text: line.text });
    if (!unit) continue;
    const made = classIn(statement);
    if (!made) {
      pieces.push({ ...statement.loc.start, text: sourceCode.getText(statement) });
      continue;
    }
    pieces.push({ ...statement.loc.start, text: sourceCode.text.slice(statement.range[0], made.body.range[0] + 1) });
    for (const member of made.body.body) {
      if ([...shown].some(({ node }) => node === member)) pieces.push({ ...member.loc.start, text: sourceCode.getText(member) });
    }
    pieces.push({ line: made.body.loc.end.line, column: 0, text: '}' });
  }
  const code: Record<string, string> = {};
  for (const { line, column, text } of pieces) {
    const before = code[line];
    code[line] = before === undefined ? ' '.repeat(column) + text : `${before} ${text}`;
  }
  return code;
}
