/**
 * Whether a file may hold infrastructure as code. Tests make buckets that nobody deploys, and declarations make none.
 *
 * @param path relative to the root of the project
 */
export const isProgramFile = (path: string): boolean =>
  /\.[mc]?[jt]sx?$/.test(path) && !/\.d\.[mc]?ts$|\.(?:test|spec)\.[mc]?[jt]sx?$|(?:^|\/)(?:node_modules|__tests__|cdk\.out|\.sst)\//.test(path);
