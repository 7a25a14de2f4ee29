import { createRequire } from 'node:module';

import type { Report } from '../report/report.js';

const { version, repository } = createRequire(import.meta.url)('../../package.json') as { readonly version: string; readonly repository: { readonly url: string } };

/** What made a report. */
export const tool: Report['tool'] = { name: 's3lint', version, url: repository.url.replace(/^git\+|\.git$/g, '') };
