import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

import { afterAll } from 'vitest';

import { run } from '../../src/cli/run.js';

export const repository = fileURLToPath(new URL('../..', import.meta.url));

/** The program as it is installed: for what only a process of its own shows. */
export const program = join(repository, 'dist', 'cli', 's3lint.js');

const projects = mkdtempSync(join(realpathSync(tmpdir()), 's3lint-run-'));
/** What s3lint keeps for its next run goes there, and away with it. */
process.env['TMPDIR'] = projects;
afterAll(() => {
  process.chdir(repository);
  rmSync(projects, { recursive: true, force: true });
});

/** @returns the folder of a new project that holds these files */
export function temporaryProject(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = mkdtempSync(join(projects, 'project-'));
  for (const [path, text] of Object.entries(files)) write(root, path, text);
  return root;
}

export function write(root: string, path: string, text: string | Uint8Array): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** Runs s3lint in a project, as its user would: where they stand matters. */
export async function s3lint(root: string, ...argv: readonly string[]): Promise<Ran> {
  process.chdir(root);
  const out: string[] = [];
  const error: string[] = [];
  const code = await run(argv, { out: (text) => out.push(text), error: (text) => error.push(text), isWatched: false });
  return { code, out: stripVTControlCharacters(out.join('')), error: error.join('') };
}

/** A read-modify-write without a condition, which is an error; `condition` is what mends it. */
export const losing = (folder: string, condition = ''): string => `import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

const client = new S3Client({});

export async function add(user: string, item: string): Promise<void> {
  const Key = \`${folder}/\${user}.json\`;
  const current = await client.send(new GetObjectCommand({ Bucket: 'shop', Key }));
  const items = JSON.parse((await current.Body?.transformToString()) ?? '[]') as string[];
  await client.send(new PutObjectCommand({ Bucket: 'shop', Key, Body: JSON.stringify([...items, item])${condition} }));
}
`;

export const mended = (folder: string): string => losing(folder, ', IfMatch: current.ETag');

/** An overwrite without a condition, which is a warning; it stands in line 6, below `comment`. */
export const blind = (folder: string, comment = '//'): string => `import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

const client = new S3Client({});

${comment}
export const save = (name: string, text: string) => client.send(new PutObjectCommand({ Bucket: 'shop', Key: \`${folder}/\${name}.json\`, Body: text }));
`;
