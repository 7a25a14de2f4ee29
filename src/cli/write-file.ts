import { randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, realpathSync, renameSync, rmSync, statSync, writeFileSync, type Stats } from 'node:fs';
import { dirname, join } from 'node:path';

/** A file that could not be written; the one that was there before is as it was. */
export class WriteError extends Error {
  constructor(path: string, cause: unknown) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    super(`\`${path}\` could not be written (${reasons[code] ?? code}). Choose a file that you may write to, or make room for it.`, { cause });
    this.name = 'WriteError';
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EISDIR: 'it is a folder',
  EEXIST: 'a part of its path is no folder',
  ENOTDIR: 'a part of its path is no folder',
};

/**
 * Writes a file whole or not at all: into a new one beside it, which then takes its name. Who reads it meanwhile, and
 * who looks at it after this was interrupted, finds the old text or the new one.
 *
 * @param path folders on the way to it are made; a symbolic link is followed; a pipe or a device is written to as it is
 * @param text what is to stand in it
 * @throws {WriteError} when it cannot be written
 */
export function writeFile(path: string, text: string): void {
  try {
    const there = statSync(path, { throwIfNoEntry: false });
    // Only a file can be replaced: another name in place of `/dev/stdout` would be the end of the device.
    if (there && !there.isFile()) return writeFileSync(path, text);
    mkdirSync(dirname(path), { recursive: true });
    replace(there ? realpathSync(path) : path, text, there);
  } catch (error) {
    throw new WriteError(path, error);
  }
}

function replace(path: string, text: string, there: Stats | undefined): void {
  // Of its own name, as the name of the file may be as long as a name can be.
  const beside = join(dirname(path), `.s3lint-${randomUUID()}.tmp`);
  try {
    writeFileSync(beside, text, { flag: 'wx', flush: true });
    if (there) chmodSync(beside, there.mode);
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}
