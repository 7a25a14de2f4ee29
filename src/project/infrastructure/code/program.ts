import { posix } from 'node:path';

import { Project, ts, type Node, type SourceFile } from 'ts-morph';

import type { Warning } from '../../../facts/project-finding.js';
import type { TextFile } from '../reader.js';
import { evaluate } from './evaluate.js';
import { ownerOf } from './frames.js';
import { framesOf } from './runs.js';
import { sitesOf } from './sites.js';
import type { Value } from './value.js';
import type { World } from './world.js';

/** How many expressions are worked out before the rest stays unknown: no project may hold the analyzer up. */
const maximumSteps = 400_000;

/** How deep one expression may lead: deeper ones stay unknown. */
const maximumDepth = 200;

const extensions = ['', '.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '/index.ts', '/index.tsx', '/index.mts', '/index.js', '/index.mjs'];

/**
 * Parses files and hands them to `use` as one program. The type checker is never asked. Nothing of the program may leave
 * `use`: the whole of it is let go together, which costs nothing, where forgetting file by file costs as much as parsing.
 *
 * @param files infrastructure code
 * @param globals names that need no import there, each with the package that it stands for
 * @param use what is to be read of them
 * @returns what `use` found, and a warning for every file with a syntax error
 */
export function withProgram<T>(files: readonly TextFile[], globals: ReadonlyMap<string, string>, use: (world: World) => T): { readonly found: T; readonly warnings: readonly Warning[] } {
  const project = new Project({
    useInMemoryFileSystem: true,
    skipFileDependencyResolution: true,
    skipLoadingLibFiles: true,
    compilerOptions: { allowJs: true, noResolve: true, noLib: true, target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext },
  });
  // One by one: adding many at once costs several times as much.
  const sources = files.map((file) => project.createSourceFile(`/${file.path}`, file.text, { overwrite: true }));
  const program = project.getProgram();
  const warnings: Warning[] = [];
  // A half-read declaration would say that what follows the error is not there: such a file is left out.
  const whole = sources.filter((source) => {
    const [error] = program.getSyntacticDiagnostics(source);
    if (error) warnings.push({ file: source.getFilePath().slice(1), line: error.getLineNumber(), message: 'The file has a syntax error here and is not read: buckets that it declares stay unknown.' });
    return !error;
  });
  return { found: use(worldOf(whole, globals)), warnings };
}

function worldOf(sources: readonly SourceFile[], globals: ReadonlyMap<string, string>): World {
  const byPath = new Map(sources.map((source) => [source.getFilePath() as string, source]));
  const ids = new Map<Node, number>();
  const known = new Map<string, readonly Value[]>();
  let steps = 0;
  let depth = 0;
  const id = (node: Node): number => {
    let number = ids.get(node);
    if (number === undefined) ids.set(node, (number = ids.size));
    return number;
  };
  const world: World = {
    sites: sitesOf(sources),
    globals,
    id,
    imported(specifier, from) {
      if (!specifier.startsWith('.')) return null;
      const path = posix.join(from.getDirectoryPath(), specifier);
      for (const base of [path, path.replace(/\.([mc]?)jsx?$/, '.$1ts'), path.replace(/\.jsx?$/, '.tsx')]) {
        for (const extension of extensions) {
          const source = byPath.get(base + extension);
          if (source) return source;
        }
      }
      return null;
    },
    valuesOf(node, frame) {
      const key = `${id(node)}@${frame?.key ?? ''}`;
      const before = known.get(key);
      if (before) return before;
      const unknown: readonly Value[] = [{ kind: 'unknown', key }];
      if (depth >= maximumDepth || steps++ >= maximumSteps) return unknown;
      // What leads back to itself stays unknown.
      known.set(key, unknown);
      depth++;
      const values = evaluate({ node, frame }, world);
      depth--;
      known.set(key, values);
      return values;
    },
    framesAround(node) {
      const owner = ownerOf(node);
      return owner ? framesOf(owner, world) : [null];
    },
    frames: new Map(),
    instances: new Map(),
  };
  return world;
}

