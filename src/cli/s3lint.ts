#!/usr/bin/env node
import { run } from './run.js';

// The exit code is set and not forced: what is still being written to a pipe goes out first.
process.exitCode = await run(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
  isWatched: process.stderr.isTTY,
});
