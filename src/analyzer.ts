/** The analyzer for programs: what `s3lint` does, as functions. */
export { check as analyze, type Check as Analysis, type CheckOptions as AnalyzeOptions, type Stats } from './check/check.js';
export { Obstacle } from './check/obstacle.js';
export { buildFacts, type BuiltFacts } from './check/read-project.js';
export type { BucketFact, BucketRule, LifecycleRule } from './facts/bucket-fact.js';
export type { Facts, LinkedNames, ModuleFact, WrapperEffect, WrapperFact, WriterFact } from './facts/facts.js';
export { loadFacts, type LoadedFacts } from './facts/load-facts.js';
export type { Location, RelatedLocation, Warning } from './facts/project-finding.js';
export type { FileResult, Message, Report, RuleDescription } from './report/report.js';
