import { basename, dirname } from 'node:path/posix';

import type { TextFile } from '../infrastructure/reader.js';
import { mentionsUploadAction } from './upload-actions.js';

/** `aws` may stand lines before its `s3`, and behind an escape; `@aws-sdk/client-s3` is none. */
const awsS3 = /(?:\b|\\[nt])aws(?:-?cli)?(?:\.exe|:[\w.-]+)?["']?\s[\s\S]{0,400}?\bs3(?:api)?\s/;

/**
 * @param file a file
 * @returns whether its text may hold a command for S3
 */
export const mentionsS3 = ({ text }: { readonly text: string }): boolean => awsS3.test(text) || mentionsUploadAction(text);

/**
 * Reading YAML costs more than all else: this says, by the texts alone, which files need it.
 *
 * @param files files of pipelines, scripts and packages
 * @returns those that mention S3, and those that mention the name of one that does, and so on
 */
export function filesLeadingToS3(files: readonly TextFile[]): ReadonlySet<TextFile> {
  const leading = new Set(files.filter(mentionsS3));
  const names = new Set([...leading].flatMap((file) => namesOf(file, mentionsS3)));
  for (let before = -1; before !== names.size; ) {
    before = names.size;
    if (before === 0) break;
    const mention = new RegExp(`(?<![\\w-])(?:${[...names].map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})(?![\\w-])`);
    const mentions = ({ text }: { readonly text: string }): boolean => mentionsS3({ text }) || mention.test(text);
    for (const file of files) {
      // A package may come to lead by more of its scripts.
      if (leading.has(file) ? basename(file.path) !== 'package.json' : !mention.test(file.text)) continue;
      leading.add(file);
      for (const name of namesOf(file, mentions)) names.add(name);
    }
  }
  return leading;
}

/** What others call a file by: its own name, an action's folder, the scripts of a package. */
function namesOf({ path, text }: TextFile, leads: (script: { readonly text: string }) => boolean): readonly string[] {
  const name = basename(path);
  if (/^action\.ya?ml$/.test(name)) return [basename(dirname(path))];
  if (name !== 'package.json') return [name];
  return Object.entries(scriptsOf(text)).flatMap(([script, command]) => (typeof command === 'string' && leads({ text: command }) ? [script.replace(/^(?:pre|post)(?=.)/, '')] : []));
}

function scriptsOf(text: string): object {
  try {
    const manifest: unknown = JSON.parse(text);
    const scripts: unknown = typeof manifest === 'object' && manifest !== null && 'scripts' in manifest ? manifest.scripts : null;
    return typeof scripts === 'object' && scripts !== null ? scripts : {};
  } catch {
    // Reading it whole says what is wrong with it.
    return {};
  }
}
