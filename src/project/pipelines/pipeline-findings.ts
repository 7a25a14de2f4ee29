import { getOrMake } from '../../calls/per-file.js';
import type { Location, ProjectFinding, RelatedLocation } from '../../facts/project-finding.js';
import type { AwsWrite } from './aws-command.js';
import { shownOf } from './freshness.js';
import type { Overlap } from './pipeline-step.js';

type Request = AwsWrite & { readonly kind: 'request' };
type Upload = AwsWrite & { readonly kind: 'upload' };

/** An upload in a job whose runs can meet. */
export interface PlacedUpload {
  readonly write: Upload;
  readonly at: Location;
  readonly overlap: Overlap;
  /** The command of the pipeline that leads to it; null where it is in the pipeline itself. */
  readonly caller: Location | null;
}

/**
 * The first versions of the AWS CLI that know `--if-match`, and so `--if-none-match` too.
 * https://github.com/aws/aws-cli/blob/v2/CHANGELOG.rst
 * https://github.com/aws/aws-cli/blob/develop/CHANGELOG.rst
 */
const firstVersions: Readonly<Record<Request['operation'], string>> = {
  'put-object': '2.22.5 or 1.36.10',
  'complete-multipart-upload': '2.22.5 or 1.36.10',
  'copy-object': '2.31.24 or 1.42.61',
};

/** A request without a condition. */
export interface PlacedRequest {
  readonly write: Request;
  readonly at: Location;
}

/**
 * @param requests requests without a condition; one in a script as often as somebody runs it
 * @returns one finding for each place; it names what all who run it write to
 */
export function unconditionalPuts(requests: readonly PlacedRequest[]): readonly ProjectFinding[] {
  const places = new Map<string, PlacedRequest[]>();
  for (const request of requests) getOrMake(places, atKey(request.at), () => []).push(request);
  return [...places.values()].flatMap((runs) => {
    const [first] = runs;
    if (!first) return [];
    const named = (shown: (write: Request) => string): string => (runs.every(({ write }) => shown(write) === shown(first.write)) ? shown(first.write) : '');
    const [bucket, key] = [named((write) => shownOf(write.bucket)), named((write) => shownOf(write.key))];
    const object = `${key === '' ? 'the object' : quoted(key)}${bucket === '' ? '' : ` in ${quoted(bucket)}`}`;
    return {
      rule: 'pipeline-blind-put',
      messageId: 'unconditionalPut',
      message: `This overwrites ${object} with no condition, so what another writer stored there is lost. Send \`--if-none-match '*'\` to create it, or \`--if-match\` with the ETag of the version that you replace (from AWS CLI ${firstVersions[first.write.operation]} on).`,
      at: first.at,
      related: [],
    };
  });
}

const atKey = ({ file, line, column }: Location): string => `${file}:${line}:${column}`;

/**
 * @param uploads uploads in jobs whose runs can meet
 * @returns one finding for each job, at the upload that can do most harm: the remedy is the job's
 */
export function uploadsWithoutConcurrency(uploads: readonly PlacedUpload[]): readonly ProjectFinding[] {
  const jobs = new Map<string, PlacedUpload[]>();
  for (const upload of uploads) {
    const job = atKey(upload.overlap.job);
    const others = jobs.get(job) ?? [];
    if (!others.some(({ at }) => atKey(at) === atKey(upload.at))) jobs.set(job, [...others, upload]);
  }
  const findings = new Map<string, ProjectFinding>();
  for (const job of jobs.values()) {
    const worst = job.find(({ write }) => write.deletes) ?? job[0];
    if (!worst) continue;
    const known = findings.get(atKey(worst.at));
    const related = [...callerOf(worst), ...job.filter((upload) => upload !== worst).map(({ at, write }): RelatedLocation => ({ ...at, message: `the same job writes ${placeOf(write)}` }))];
    // A script that several jobs run is reported once.
    findings.set(atKey(worst.at), known ? { ...known, related: [...known.related, ...related] } : { ...findingOf(worst), related });
  }
  return [...findings.values()];
}

const callerOf = ({ caller }: PlacedUpload): readonly RelatedLocation[] => (caller ? [{ ...caller, message: 'the step that runs it' }] : []);

function findingOf({ write, at, overlap }: PlacedUpload): ProjectFinding {
  const runs = overlap.system === 'github' ? 'Two runs of this workflow' : 'Two pipelines';
  const loss = write.deletes ? 'overwrites what the newer one published and deletes the files that only that one has' : 'overwrites what the newer one published';
  const happens = `${runs} can write ${placeOf(write)} at the same time, so an older run that ends last ${loss}.`;
  if (overlap.group !== null) {
    return {
      rule: 'pipeline-blind-put',
      messageId: 'uploadInGroupOfEachRun',
      message: `${happens} The group ${quoted(overlap.group)} does not keep them apart, for every run has one of its own: name it after what the runs share.`,
      at,
      related: [],
    };
  }
  const group = groupName(write);
  const remedy = overlap.system === 'github' ? `\`concurrency: { group: ${group}, cancel-in-progress: false }\`` : `\`resource_group: ${group}\``;
  return { rule: 'pipeline-blind-put', messageId: 'uploadWithoutConcurrency', message: `${happens} Give the ${overlap.keepApart} ${remedy}, so that one waits for the other.`, at, related: [] };
}

/** After the bucket where its name is known. */
function groupName({ bucket }: Upload): string {
  const name = shownOf(bucket);
  return /^[\w.-]+$/.test(name) ? `upload-to-${name}` : 'upload-to-s3';
}

const placeOf = (write: Upload): string => quoted(`s3://${shownOf(write.bucket)}${write.key.length > 0 ? '/' : ''}${shownOf(write.key)}`);

/** Backticks in a shell text would end the quotation. */
const quoted = (text: string): string => `\`${text.replaceAll('`', "'").replace(/\s+/g, ' ')}\``;
