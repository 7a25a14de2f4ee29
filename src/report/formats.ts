import type { Report } from './report.js';

/** Turns what a check found into text. It ends with a line break, or is empty where there is nothing to say. */
export type Format = (report: Report) => string | Promise<string>;

/** Every format, loaded when it is asked for: who wants SARIF does not wait for ESLint's formatters. */
export const formats = {
  stylish: async () => (await import('./stylish.js')).stylish,
  json: async () => (await import('./json.js')).json,
  sarif: async () => (await import('./sarif.js')).sarif,
  github: async () => (await import('./github.js')).github,
  markdown: async () => (await import('./markdown.js')).markdown,
} satisfies Record<string, () => Promise<Format>>;

export type FormatName = keyof typeof formats;

export const formatNames = Object.keys(formats) as readonly FormatName[];
