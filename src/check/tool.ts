import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

import type { Report } from '../report/report.js';

// By its own name: the built files stand elsewhere than their sources.
const require = createRequire(import.meta.url);
const manifest = 'eslint-plugin-s3/package.json';
const { version, repository } = require(manifest) as { readonly version: string; readonly repository: { readonly url: string } };

/** What made a report. */
export const tool: Report['tool'] = { name: 's3lint', version, url: repository.url.replace(/^git\+|\.git$/g, '') };

/** The folder of the pages that explain the rules and the findings. */
export const documentation = new URL('docs/', pathToFileURL(require.resolve(manifest)));
