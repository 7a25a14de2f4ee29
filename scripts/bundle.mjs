// Joins what tsc has put into build/ to few files in dist/: 300 modules take twice as long to load.
// usage: node scripts/bundle.mjs   (a part of `npm run build`)
import { rolldown } from 'rolldown';

const bundle = await rolldown({
  input: { index: './build/index.js', analyzer: './build/analyzer.js', 'cli/s3lint': './build/cli/s3lint.js' },
  platform: 'node',
  external: (specifier, importer, isResolved) => !isResolved && !/^[./]/.test(specifier),
});
// What is only loaded when it is needed stays a file of its own.
await bundle.write({ dir: 'dist', chunkFileNames: 'chunks/[name].js' });
