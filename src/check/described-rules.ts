import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import plugin from '../index.js';
import type { RuleDescription } from '../report/report.js';
import { projectRules } from './project-rules.js';
import { documentation, tool } from './tool.js';

/**
 * @param config which rules are on
 * @returns them, and the findings of the project, with the pages that explain them
 */
export function describedRules(config: 'recommended' | 'strict'): readonly RuleDescription[] {
  const on = plugin.configs[config].rules;
  const ofFiles = Object.entries(plugin.rules).flatMap(([name, rule]): RuleDescription[] => {
    const entry = on[`s3/${name}`];
    const severity = Array.isArray(entry) ? entry[0] : entry;
    return severity === 'error' || severity === 'warn' ? [describe(name, 'rules', severity, rule.meta?.docs?.description ?? name)] : [];
  });
  const ofProject = Object.entries(projectRules).map(([name, { severity, description }]) => describe(name, 'findings', severity, description));
  return [...ofFiles, ...ofProject].sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** @param folder that its page is in: the plugin's rules and the findings of the project have one each */
function describe(name: string, folder: 'rules' | 'findings', severity: 'error' | 'warn', description: string): RuleDescription {
  const path = `${folder}/${name}.md`;
  const page = fileURLToPath(new URL(path, documentation));
  return { id: `s3/${name}`, description, url: `${tool.url}/blob/main/docs/${path}`, severity, help: existsSync(page) ? readFileSync(page, 'utf8') : null };
}
