import type { SourceTree } from '../source-tree.js';
import type { InfrastructureReader, Reading, TextFile } from './reader.js';

/** The readers. What they parse with is loaded when the first file is met that they want. */
const readers: readonly (() => Promise<InfrastructureReader>)[] = [
  async () => (await import('./cdk.js')).cdk,
  async () => (await import('./cloudformation.js')).cloudFormation,
  async () => (await import('./pulumi.js')).pulumi,
  async () => (await import('./serverless.js')).serverless,
  async () => (await import('./sst.js')).sst,
  async () => (await import('./terraform.js')).terraform,
  async () => (await import('../pipelines/pipelines.js')).pipelines,
];

/**
 * @param tree the files of a project
 * @returns the buckets that its infrastructure declares, and what is found there and in its pipelines
 */
export async function readInfrastructure(tree: SourceTree): Promise<Reading> {
  const readings = await Promise.all(readers.map(async (load) => read(await load(), tree)));
  return {
    buckets: readings.flatMap(({ buckets }) => buckets),
    findings: readings.flatMap(({ findings }) => findings),
    warnings: readings.flatMap(({ warnings }) => warnings),
  };
}

function read(reader: InfrastructureReader, tree: SourceTree): Reading | Promise<Reading> {
  const wanted = tree.files.filter(reader.mayRead).flatMap((path): TextFile[] => {
    const text = tree.read(path);
    return text !== null && reader.wants({ path, text }) ? [{ path, text }] : [];
  });
  return wanted.length > 0 ? reader.read(wanted) : { buckets: [], findings: [], warnings: [] };
}
