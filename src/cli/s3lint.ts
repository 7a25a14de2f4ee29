#!/usr/bin/env node
import { run } from './run.js';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Who reads no further, as `head` does, has what they want: the exit code stands.
  if (error.code === 'EPIPE') return;
  process.stderr.write(`Standard output could not be written to (${error.code ?? error.message}).\n`);
  process.exitCode = 2;
});
process.stderr.on('error', () => undefined); // There is nobody left to tell.

const exitCode = await run(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
  isWatched: process.stderr.isTTY,
}).catch((error: unknown) => {
  // Node.js would end with 1, which says that something was found.
  process.stderr.write(`s3lint failed, which is a mistake in s3lint: please report it.\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return 2;
});
// It is set and not forced: what is still being written to a pipe goes out first.
process.exitCode ??= exitCode;
