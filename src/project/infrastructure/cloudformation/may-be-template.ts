/**
 * @param path a file
 * @returns whether its name leaves it possible that it is a template: they may be called anything
 */
export const mayBeTemplate = (path: string): boolean =>
  /\.(?:ya?ml|json|template)$/i.test(path) && !/(?:^|\/)(?:(?:package(?:-lock)?|npm-shrinkwrap|tsconfig[^/]*|composer)\.json|pnpm-lock\.yaml|\.github\/.*)$/.test(path);
