import { describe, expect, it } from 'vitest';

import type { Location, ProjectFinding } from '../../src/facts/project-finding.js';
import { pipelines } from '../../src/project/pipelines/pipelines.js';

type Files = Readonly<Record<string, string>>;

async function read(files: Files): Promise<Awaited<ReturnType<typeof pipelines.read>>> {
  const wanted = Object.entries(files).flatMap(([path, text]) => (pipelines.mayRead(path) && pipelines.wants({ path, text }) ? [{ path, text }] : []));
  return await pipelines.read(wanted);
}

const findingsIn = async (files: Files): Promise<readonly ProjectFinding[]> => (await read(files)).findings;

/** What stands where a finding points. */
function stretch(files: Files, { file, line, column, endLine, endColumn }: Location): string {
  const lines = (files[file] ?? '').split('\n').slice(line - 1, endLine);
  lines[lines.length - 1] = (lines.at(-1) ?? '').slice(0, endColumn - 1);
  lines[0] = (lines[0] ?? '').slice(column - 1);
  return lines.join('\n');
}

const shown = async (files: Files): Promise<readonly string[]> => (await findingsIn(files)).map(({ messageId, at }) => `${messageId} ${at.file}: ${stretch(files, at)}`);

const indented = (text: string, by: number): string => text.replace(/^(?=.)/gm, ' '.repeat(by));

/** A workflow that one job makes up, with what stands above its jobs and above its steps. */
function workflow(script: string, { on = 'push: { branches: [main] }', above = '', job = '', step = '' } = {}): string {
  return `on:\n  ${on}\n${above}\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n${indented(job, 4)}\n    steps:\n      - uses: actions/checkout@v4\n      - run: |\n${indented(script, 10)}\n${indented(step, 8)}\n`;
}

const path = '.github/workflows/deploy.yml';
const sync = 'aws s3 sync dist s3://site --delete';

describe('an upload whose runs can meet', () => {
  it.each<{ name: string; files: Files; found: readonly string[] }>([
    { name: 'every push syncs the site: the older run can end last', files: { [path]: workflow(sync) }, found: [`uploadWithoutConcurrency ${path}: ${sync}`] },
    {
      name: 'its lines, as they are written',
      files: { [path]: workflow('cd web\naws s3 sync \\\n  dist \\\n  s3://site # all of it\n') },
      found: [`uploadWithoutConcurrency ${path}: aws s3 sync \\\n            dist \\\n            s3://site`],
    },
    { name: 'a folded text', files: { [path]: 'on: push\njobs:\n  a:\n    steps:\n      - run: >-\n          aws s3 cp\n          index.html\n          s3://site/\n' }, found: [`uploadWithoutConcurrency ${path}: aws s3 cp\n          index.html\n          s3://site/`] },
    { name: 'a quoted text', files: { [path]: 'on: push\njobs:\n  a:\n    steps:\n      - run: "cd web\\n\\taws s3 sync \\"dist\\" s3://site && true"\n' }, found: [`uploadWithoutConcurrency ${path}: aws s3 sync \\"dist\\" s3://site`] },
    { name: 'a text in single quotes', files: { [path]: "on: push\njobs:\n  a:\n    steps:\n      - run: 'ls; aws s3 sync ''dist'' s3://site; ls'\n" }, found: [`uploadWithoutConcurrency ${path}: aws s3 sync ''dist'' s3://site`] },
    { name: 'a plain text', files: { [path]: 'on: [push]\njobs:\n  a:\n    steps:\n      - run: aws s3 mv app.js s3://site/app.js\n' }, found: [`uploadWithoutConcurrency ${path}: aws s3 mv app.js s3://site/app.js`] },
    { name: 'global options before the service', files: { [path]: workflow('aws $AWS_FLAGS --profile ci --region=eu-west-1 s3 sync dist s3://site') }, found: [`uploadWithoutConcurrency ${path}: aws $AWS_FLAGS --profile ci --region=eu-west-1 s3 sync dist s3://site`] },
    { name: 'a shell in the shell', files: { [path]: workflow("bash -c 'cd x && aws s3 sync dist s3://site'") }, found: [`uploadWithoutConcurrency ${path}: aws s3 sync dist s3://site`] },
    { name: 'a here-document that a shell runs', files: { [path]: workflow('bash <<EOF\naws s3 sync dist s3://site\nEOF') }, found: [`uploadWithoutConcurrency ${path}: aws s3 sync dist s3://site`] },
    { name: 'the CLI in its image', files: { [path]: workflow('docker run --rm -v "$PWD:/w" amazon/aws-cli:2.22.5 s3 sync dist s3://site') }, found: [`uploadWithoutConcurrency ${path}: amazon/aws-cli:2.22.5 s3 sync dist s3://site`] },
    { name: 'the CLI as a module of Python', files: { [path]: workflow('python -m awscli s3 sync dist s3://site # aws s3 ') }, found: [`uploadWithoutConcurrency ${path}: awscli s3 sync dist s3://site`] },
    { name: 'a list of commands', files: { [path]: workflow(`npm ci && (${sync}) || exit 1`) }, found: [`uploadWithoutConcurrency ${path}: ${sync}`] },
    { name: 'a pipe into an object', files: { [path]: workflow('gzip -c db | aws s3 cp - s3://site/db.gz 2>&1 | tee log') }, found: [`uploadWithoutConcurrency ${path}: aws s3 cp - s3://site/db.gz`] },
    { name: 'a bucket from a secret: the same for all runs', files: { [path]: workflow('aws s3 sync dist s3://$BUCKET', { step: 'env:\n  BUCKET: ${{ secrets.BUCKET }}' }) }, found: [`uploadWithoutConcurrency ${path}: aws s3 sync dist s3://$BUCKET`] },
    { name: 'a key for each branch: two pushes to one branch meet', files: { [path]: workflow('aws s3 sync dist s3://site/${{ github.ref_name }}') }, found: [`uploadWithoutConcurrency ${path}: aws s3 sync dist s3://site/\${{ github.ref_name }}`] },
    { name: 'a key for each pull request: two pushes to it meet', files: { [path]: workflow('aws s3 sync dist s3://site/pr-${{ github.event.number }}', { on: 'pull_request:' }) }, found: [`uploadWithoutConcurrency ${path}: aws s3 sync dist s3://site/pr-\${{ github.event.number }}`] },
    { name: 'tags share `latest`', files: { [path]: workflow('aws s3 cp app.zip s3://dl/latest/app.zip', { on: 'push: { tags: ["v*"] }' }) }, found: [`uploadWithoutConcurrency ${path}: aws s3 cp app.zip s3://dl/latest/app.zip`] },
    { name: 'every quarter of an hour: a slow run meets the next', files: { [path]: workflow(sync, { on: 'schedule: [{ cron: "*/15 * * * *" }]' }) }, found: [`uploadWithoutConcurrency ${path}: ${sync}`] },
    { name: 'a group for each commit keeps nothing apart', files: { [path]: workflow(sync, { above: 'concurrency: deploy-${{ github.sha }}' }) }, found: [`uploadInGroupOfEachRun ${path}: ${sync}`] },
    { name: 'on a push there is no head_ref, so the group is the run', files: { [path]: workflow(sync, { above: 'concurrency:\n  group: ${{ github.workflow }}-${{ github.head_ref || github.run_id }}\n  cancel-in-progress: true' }) }, found: [`uploadInGroupOfEachRun ${path}: ${sync}`] },
    { name: 'each tag has a group of its own, and all write `latest`', files: { [path]: workflow('aws s3 sync dist s3://dl/latest', { on: 'push: { tags: ["v*"] }', above: 'concurrency: ${{ github.ref }}' }) }, found: [`uploadInGroupOfEachRun ${path}: aws s3 sync dist s3://dl/latest`] },
    { name: 'assets that keep their names and are deleted', files: { [path]: workflow('aws s3 sync dist s3://site --delete --cache-control immutable') }, found: [`uploadWithoutConcurrency ${path}: aws s3 sync dist s3://site --delete --cache-control immutable`] },
    { name: 'an action that syncs', files: { [path]: 'on: push\njobs:\n  a:\n    steps:\n      - uses: jakejarvis/s3-sync-action@v0.5.1\n        with:\n          args: --delete\n        env:\n          AWS_S3_BUCKET: site\n' }, found: [`uploadWithoutConcurrency ${path}: jakejarvis/s3-sync-action@v0.5.1`] },
    { name: 'one finding for a job, at the command that deletes', files: { [path]: workflow(`aws s3 cp a.js s3://site/a.js\n${sync}`) }, found: [`uploadWithoutConcurrency ${path}: ${sync}`] },
    { name: 'merge keys and aliases of YAML', files: { [path]: `on: push\nx: &steps\n  - run: ${sync}\njobs:\n  a:\n    steps: *steps\n` }, found: [`uploadWithoutConcurrency ${path}: ${sync}`] },
  ])('$name', async ({ files, found }) => {
    expect(await shown(files)).toEqual(found);
  });

  it('says what is lost, and what to do about it', async () => {
    const [finding] = await findingsIn({ [path]: workflow(sync) });
    expect(finding).toMatchObject({ rule: 'pipeline-blind-put', related: [] });
    expect(finding?.message).toBe(
      'Two runs of this workflow can write `s3://site` at the same time, so an older run that ends last overwrites what the newer one published and deletes the files that only that one has. Give the job `concurrency: { group: upload-to-site, cancel-in-progress: false }`, so that one waits for the other.',
    );
  });

  it.each<{ name: string; files: Files }>([
    { name: 'after other jobs', files: { [path]: workflow(sync, { job: 'needs: [test]' }) } },
    { name: 'in a workflow that is called after other jobs', files: { [path]: workflow(sync, { on: 'workflow_call:' }), '.github/workflows/main.yml': `on: push\njobs:\n  test:\n    steps: []\n  publish:\n    needs: test\n    uses: ./${path}\n` } },
  ])('advises a group of the whole workflow $name: they would bring an older run to the job after a newer one', async ({ files }) => {
    const [finding] = await findingsIn(files);
    expect(finding?.message).toContain('Give the workflow `concurrency: { group: upload-to-site, cancel-in-progress: false }`');
  });

  it('names the other uploads of the job', async () => {
    const files = { [path]: workflow(`aws s3 cp a.js s3://site/a.js\n${sync}`) };
    const [finding] = await findingsIn(files);
    expect(finding?.related.map((related) => [related.message, stretch(files, related)])).toEqual([['the same job writes `s3://site/a.js`', 'aws s3 cp a.js s3://site/a.js']]);
  });
});

describe('an upload that no other run disturbs', () => {
  it.each<{ name: string; files: Files }>([
    { name: 'the workflow has a group', files: { [path]: workflow(sync, { above: 'concurrency: deploy' }) } },
    { name: 'the job has one, by branch', files: { [path]: workflow(sync, { job: 'concurrency:\n  group: deploy-${{ github.ref }}\n  cancel-in-progress: false' }) } },
    { name: 'a pull request has a head_ref', files: { [path]: workflow(sync, { on: 'pull_request:', above: 'concurrency: ${{ github.head_ref || github.run_id }}' }) } },
    { name: 'a group that a condition chooses is not judged', files: { [path]: workflow(sync, { above: "concurrency: ${{ github.ref == 'refs/heads/main' && github.run_id || github.ref }}" }) } },
    { name: 'a folder for each commit', files: { [path]: workflow('aws s3 sync dist s3://site/${{ github.sha }}/') } },
    { name: 'a folder for each commit, by variable', files: { [path]: workflow('aws s3 sync dist "s3://site/builds/${GITHUB_SHA::7}" --delete') } },
    { name: 'a commit that another name holds', files: { [path]: workflow('V=$(git rev-parse --short HEAD)\nDEST="s3://site/$V"\naws s3 sync dist "$DEST"') } },
    { name: 'a run that the job names', files: { [path]: workflow('aws s3 sync dist s3://site/$PREFIX', { job: 'env:\n  PREFIX: run-${{ github.run_id }}' }) } },
    { name: 'what an earlier step wrote', files: { [path]: 'on: push\njobs:\n  a:\n    steps:\n      - run: echo "DEST=$(date +%F)" >> $GITHUB_ENV\n      - run: aws s3 sync dist s3://site/$DEST\n' } },
    { name: 'the output of a step', files: { [path]: `on: push\njobs:\n  a:\n    steps:\n      - id: v\n        run: echo "tag=\${GITHUB_SHA}" >> "$GITHUB_OUTPUT"\n      - run: aws s3 sync dist s3://site/\${{ steps.v.outputs.tag }}\n` } },
    { name: 'the output of a job', files: { [path]: `on: push\njobs:\n  a:\n    outputs: { tag: "\${{ steps.v.outputs.tag }}" }\n    steps:\n      - id: v\n        run: echo "tag=\${GITHUB_SHA}" >> "$GITHUB_OUTPUT"\n  b:\n    needs: a\n    steps:\n      - run: aws s3 sync dist s3://site/\${{ needs.a.outputs.tag }}\n` } },
    { name: 'a file that keeps its fresh name', files: { [path]: workflow('aws s3 cp app-${{ github.sha }}.zip s3://dl/') } },
    { name: 'the content names itself', files: { [path]: workflow("aws s3 cp cache.tgz s3://cache/${{ hashFiles('package-lock.json') }}.tgz") } },
    { name: 'a backup by day', files: { [path]: workflow('aws s3 cp db.gz s3://backups/$(date +%Y-%m-%d).gz') } },
    { name: 'each tag has its folder', files: { [path]: workflow('aws s3 sync dist s3://dl/${{ github.ref_name }}', { on: 'push: { tags: ["v*"] }' }) } },
    { name: 'each release has its folder', files: { [path]: workflow('aws s3 sync dist s3://dl/$GITHUB_REF_NAME', { on: 'release: { types: [published] }' }) } },
    { name: 'a key that is not known may be fresh', files: { [path]: workflow('aws s3 sync dist s3://site/$VERSION') } },
    { name: 'files whose names are not known', files: { [path]: workflow('for f in *.zip; do aws s3 cp "$f" "s3://dl/$f"; done') } },
    { name: 'a person starts it', files: { [path]: workflow(sync, { on: 'workflow_dispatch:' }) } },
    { name: 'once a day', files: { [path]: workflow(sync, { on: 'schedule: [{ cron: "0 3 * * *" }]' }) } },
    { name: 'the job is for a person', files: { [path]: workflow(sync, { job: "if: github.event_name == 'workflow_dispatch'" }) } },
    { name: 'a download', files: { [path]: workflow('aws s3 cp s3://site/config.json config.json') } },
    { name: 'nothing is sent', files: { [path]: workflow('aws s3 sync dist s3://site --dryrun') } },
    { name: 'nothing is overwritten', files: { [path]: workflow('aws s3 cp app.zip s3://dl/app.zip --no-overwrite') } },
    { name: 'hashed assets: a name has one content', files: { [path]: workflow('aws s3 sync dist/assets s3://site/assets --cache-control "public,max-age=31536000,immutable"') } },
    { name: 'a store on the machine itself', files: { [path]: workflow('aws --endpoint-url http://localhost:4566 s3 sync fixtures s3://test') } },
    { name: 'a comment', files: { [path]: workflow(`# ${sync}\nls # ${sync}`) } },
    { name: 'a text', files: { [path]: workflow(`echo "${sync}"\necho ${sync}\nMESSAGE='${sync}'`) } },
    { name: 'a document', files: { [path]: workflow(`cat > notes.md <<'EOF'\n${sync}\nEOF`) } },
    { name: 'a workflow that GitHub does not run: it stands in an example', files: { [`examples/app/${path}`]: workflow(sync) } },
    { name: 'a called workflow has the group of its callers elsewhere', files: { [path]: workflow(sync, { on: 'workflow_call:' }) } },
    { name: 'another language', files: { [path]: workflow(sync, { step: 'shell: python' }) } },
  ])('$name', async ({ files }) => {
    expect(await shown(files)).toEqual([]);
  });
});

describe('what a workflow calls', () => {
  const calls = workflow('npm ci\nnpm run deploy');

  it('reports in the script of a package, and names the step', async () => {
    const files = { [path]: calls, 'package.json': `{\n\t"name": "web",\n\t"scripts": {\n\t\t"deploy": "vite build && aws s3 sync \\"dist\\" s3://site"\n\t}\n}\n` };
    expect(await shown(files)).toEqual(['uploadWithoutConcurrency package.json: aws s3 sync \\"dist\\" s3://site']);
    expect((await findingsIn(files))[0]?.related.map((related) => [related.message, stretch(files, related)])).toEqual([['the step that runs it', 'npm run deploy']]);
  });

  it.each<{ name: string; files: Files; found: readonly string[] }>([
    { name: 'a script of a folder', files: { [path]: workflow('cd web\nyarn deploy'), 'web/package.json': `{ "scripts": { "deploy": "${sync}" } }` }, found: [`uploadWithoutConcurrency web/package.json: ${sync}`] },
    { name: 'a script of a working directory', files: { [path]: workflow('npm run deploy', { step: 'working-directory: ./web' }), 'web/package.json': `{ "scripts": { "deploy": "${sync}" } }` }, found: [`uploadWithoutConcurrency web/package.json: ${sync}`] },
    { name: 'a script of a package by name', files: { [path]: workflow('pnpm --filter @a/web run deploy'), 'package.json': '{ "scripts": { "x": "ls" } }', 'web/package.json': `{ "name": "@a/web", "scripts": { "deploy": "${sync}" } }` }, found: [`uploadWithoutConcurrency web/package.json: ${sync}`] },
    { name: 'what runs after a script', files: { [path]: calls, 'package.json': `{ "scripts": { "deploy": "vite build", "postdeploy": "${sync}" } }` }, found: [`uploadWithoutConcurrency package.json: ${sync}`] },
    { name: 'a shell script by way of a package script', files: { [path]: calls, 'package.json': '{ "scripts": { "deploy": "./scripts/deploy.sh prod" } }', 'scripts/deploy.sh': '#!/bin/sh\naws s3 sync dist s3://site-$1\n' }, found: ['uploadWithoutConcurrency scripts/deploy.sh: aws s3 sync dist s3://site-$1'] },
    { name: 'a shell script by what it is given', files: { [path]: workflow('sh up.sh prod'), 'up.sh': 'aws s3 sync dist "s3://site/$1"' }, found: ['uploadWithoutConcurrency up.sh: aws s3 sync dist "s3://site/$1"'] },
    { name: 'a script beside a script', files: { [path]: workflow('bash -e ci/deploy.sh'), 'ci/deploy.sh': '. "$(dirname "$0")/upload.sh"\n', 'ci/upload.sh': `${sync}\n` }, found: [`uploadWithoutConcurrency ci/upload.sh: ${sync}`] },
    { name: 'a script without an ending', files: { [path]: workflow('scripts/deploy'), 'scripts/deploy': `#!/usr/bin/env bash\n${sync}\n` }, found: [`uploadWithoutConcurrency scripts/deploy: ${sync}`] },
    { name: 'an action of the project, with its inputs', files: { [path]: 'on: push\njobs:\n  a:\n    steps:\n      - uses: ./.github/actions/up\n        with: { to: site }\n', '.github/actions/up/action.yml': 'inputs:\n  to: {}\nruns:\n  using: composite\n  steps:\n    - run: aws s3 sync dist s3://${{ inputs.to }}/app\n      shell: bash\n' }, found: ['uploadWithoutConcurrency .github/actions/up/action.yml: aws s3 sync dist s3://${{ inputs.to }}/app'] },
    { name: 'a called workflow whose caller has no group', files: { [path]: 'on: push\njobs:\n  a:\n    uses: ./.github/workflows/up.yml\n', '.github/workflows/up.yml': workflow(sync, { on: 'workflow_call:' }) }, found: [`uploadWithoutConcurrency .github/workflows/up.yml: ${sync}`] },
    { name: 'a script that two jobs run is reported once', files: { [path]: calls, '.github/workflows/other.yml': calls, 'package.json': `{ "scripts": { "deploy": "${sync}" } }` }, found: [`uploadWithoutConcurrency package.json: ${sync}`] },
  ])('reports $name', async ({ files, found }) => {
    expect(await shown(files)).toEqual(found);
  });

  it.each<{ name: string; files: Files }>([
    { name: 'nobody calls the script: a person runs it', files: { [path]: workflow('npm test'), 'package.json': `{ "scripts": { "deploy": "${sync}" } }`, 'deploy.sh': sync } },
    { name: 'the caller has a group', files: { [path]: 'on: push\njobs:\n  a:\n    concurrency: deploy\n    uses: ./.github/workflows/up.yml\n', '.github/workflows/up.yml': workflow(sync, { on: 'workflow_call:' }) } },
    { name: 'the caller gives the commit', files: { [path]: 'on: push\njobs:\n  a:\n    uses: ./.github/workflows/up.yml\n    with: { to: "${{ github.sha }}" }\n', '.github/workflows/up.yml': workflow('aws s3 sync dist s3://site/${{ inputs.to }}', { on: 'workflow_call:' }) } },
    { name: 'the caller gives the commit as an argument', files: { [path]: workflow('./up.sh $GITHUB_SHA'), 'up.sh': 'aws s3 sync dist s3://site/$1' } },
    { name: 'workflows that call one another in a ring', files: { [path]: 'on: push\njobs:\n  a:\n    uses: ./.github/workflows/deploy.yml\n  b:\n    steps: [{ run: "true # aws s3 x" }]\n' } },
    { name: 'scripts that call one another in a ring', files: { [path]: workflow('./a.sh # aws s3 x'), 'a.sh': './b.sh\n', 'b.sh': './a.sh # aws s3 x\n' } },
    { name: 'a dependency', files: { [path]: workflow('cd node_modules/x && npm run deploy # aws s3 x'), 'node_modules/x/package.json': `{ "scripts": { "deploy": "${sync}" } }` } },
  ])('is silent where $name', async ({ files }) => {
    expect(await shown(files)).toEqual([]);
  });
});

describe('GitLab', () => {
  const ci = '.gitlab-ci.yml';
  const job = (text: string, above = ''): Files => ({ [ci]: `${above}\ndeploy:\n  stage: deploy\n${indented(text, 2)}\n` });

  it.each<{ name: string; files: Files; found: readonly string[] }>([
    { name: 'a job without a resource group', files: job(`script:\n  - npm ci\n  - ${sync}`), found: [`uploadWithoutConcurrency ${ci}: ${sync}`] },
    { name: 'lines of another job', files: job('script:\n  - !reference [.up, script]', `.up:\n  script:\n    - ${sync}`), found: [`uploadWithoutConcurrency ${ci}: ${sync}`] },
    { name: 'a script of a template', files: job('extends: .up', `.up:\n  script: [ "${sync}" ]`), found: [`uploadWithoutConcurrency ${ci}: ${sync}`] },
    { name: 'a template in another file', files: { ...job('extends: [.up]'), '.gitlab/up.yml': `.up:\n  script:\n    - ${sync}\n` }, found: [`uploadWithoutConcurrency .gitlab/up.yml: ${sync}`] },
    { name: 'a group for each commit', files: job(`resource_group: $CI_COMMIT_SHA\nscript:\n  - ${sync}`), found: [`uploadInGroupOfEachRun ${ci}: ${sync}`] },
    { name: 'a folder for each branch', files: job('script:\n  - aws s3 sync dist s3://site/$CI_COMMIT_REF_SLUG'), found: [`uploadWithoutConcurrency ${ci}: aws s3 sync dist s3://site/$CI_COMMIT_REF_SLUG`] },
    { name: 'a script that a job runs', files: { ...job('script:\n  - ./ci/up.sh # aws s3 x'), 'ci/up.sh': sync }, found: [`uploadWithoutConcurrency ci/up.sh: ${sync}`] },
    { name: 'a put without a condition', files: job('script:\n  - aws s3api put-object --bucket b --key state.json --body s', ''), found: [`unconditionalPut ${ci}: aws s3api put-object --bucket b --key state.json --body s`] },
  ])('reports $name', async ({ files, found }) => {
    expect(await shown(files)).toEqual(found);
  });

  it.each<{ name: string; files: Files }>([
    { name: 'a job with a resource group', files: job(`resource_group: production\nscript:\n  - ${sync}`) },
    { name: 'a template with a resource group', files: job(`extends: .one\nscript:\n  - ${sync}`, '.one:\n  resource_group: site') },
    { name: 'an anchor with a resource group', files: job(`<<: *one\nscript:\n  - ${sync}`, '.one: &one\n  resource_group: site') },
    { name: 'a template that is not there: it may have one', files: job(`extends: .elsewhere\nscript:\n  - ${sync}`) },
    { name: 'a template that no job extends', files: { [ci]: `.up:\n  script:\n    - ${sync}\n` } },
    { name: 'a folder for each commit, named on a line above', files: job('script:\n  - DEST=builds/$CI_COMMIT_SHORT_SHA\n  - aws s3 sync dist s3://site/$DEST') },
    { name: 'a folder for each pipeline, named in the variables', files: job('script:\n  - aws s3 sync dist s3://site/$DEST', 'variables:\n  DEST: p-$CI_PIPELINE_ID') },
    { name: 'a job that a person starts', files: job(`when: manual\nscript:\n  - ${sync}`) },
    { name: 'a job that the rules leave to a person', files: job(`script:\n  - ${sync}\nrules:\n  - if: $CI_COMMIT_BRANCH == "main"\n    when: manual`) },
  ])('is silent about $name', async ({ files }) => {
    expect(await shown(files)).toEqual([]);
  });
});

describe('a put without a condition', () => {
  const put = 'aws s3api put-object --bucket b --key state.json --body s.json';

  it.each<{ name: string; files: Files; found: readonly string[] }>([
    { name: 'in a script that a person runs too', files: { 'bin/save.sh': `#!/bin/bash\n${put}\n` }, found: [`unconditionalPut bin/save.sh: ${put}`] },
    { name: 'in a workflow with a group: other writers are not in it', files: { [path]: workflow(put, { above: 'concurrency: x' }) }, found: [`unconditionalPut ${path}: ${put}`] },
    { name: 'in a called workflow', files: { [path]: workflow(put, { on: 'workflow_call:' }) }, found: [`unconditionalPut ${path}: ${put}`] },
    { name: 'in a package script', files: { 'package.json': `{ "scripts": { "save": "${put}" } }` }, found: [`unconditionalPut package.json: ${put}`] },
    { name: 'a copy, whose condition guards its source', files: { 'x.sh': 'aws s3api copy-object --copy-source b/a --copy-source-if-match "$E" --bucket b --key c' }, found: ['unconditionalPut x.sh: aws s3api copy-object --copy-source b/a --copy-source-if-match "$E" --bucket b --key c'] },
    { name: 'the end of a multipart upload', files: { 'x.sh': 'aws s3api complete-multipart-upload --bucket b --key c --upload-id $U --multipart-upload file://p.json' }, found: ['unconditionalPut x.sh: aws s3api complete-multipart-upload --bucket b --key c --upload-id $U --multipart-upload file://p.json'] },
    { name: 'its answer in a variable', files: { 'x.sh': `ETAG=$(${put} --query ETag)` }, found: [`unconditionalPut x.sh: ${put} --query ETag`] },
  ])('is reported $name', async ({ files, found }) => {
    expect(await shown(files)).toEqual(found);
  });

  it('names the variable of a loop over what a command prints, and not the command', async () => {
    const [finding] = await findingsIn({ 'x.sh': 'for f in $(ls dist); do aws s3api put-object --bucket b --key "releases/$f" --body "dist/$f"; done' });
    expect(finding?.message).toContain('`releases/$f`');
  });

  it('names the variable that is set to what a command prints', async () => {
    const [finding] = await findingsIn({ 'x.sh': 'V=$(npm pkg get version | tr -d \'"\')\naws s3api put-object --bucket b --key "content/$V/a.js" --body a.js' });
    expect(finding?.message).toContain('`content/$V/a.js`');
  });

  it('names in a script what all who run it write to', async () => {
    const script = 'aws s3api put-object --bucket "$1" --key state.json --body s.json\n';
    const run = (bucket: string): string => workflow(`./save.sh ${bucket}`);
    const said = async (one: string, other: string): Promise<string | undefined> => (await findingsIn({ 'save.sh': script, '.github/workflows/a.yml': run(one), '.github/workflows/b.yml': run(other) }))[0]?.message;
    expect(await said('live', 'live')).toContain('overwrites `state.json` in `live` with');
    expect(await said('live', 'staging')).toContain('overwrites `state.json` with');
  });

  it('is told in the words of the command line, with the version that knows the option', async () => {
    const [finding] = await findingsIn({ 'x.sh': 'KEY=state/app.json\naws s3api put-object --bucket "$BUCKET" --key=$KEY --body s' });
    expect(finding?.message).toBe(
      "This overwrites `state/app.json` in `$BUCKET` with no condition, so what another writer stored there is lost. Send `--if-none-match '*'` to create it, or `--if-match` with the ETag of the version that you replace (from AWS CLI 2.22.5 or 1.36.10 on).",
    );
  });

  it.each<{ name: string; script: string }>([
    { name: 'creates', script: "aws s3api put-object --bucket b --key k --body f --if-none-match '*'" },
    { name: 'asks for the version that it made', script: 'V=$(aws s3api put-object --bucket b --key k --body f --query VersionId --output text)' },
    { name: 'takes the version that it made from the answer', script: "V=$(aws s3api put-object \\\n  --bucket b \\\n  --key k --body f | jq -r '.VersionId')" },
    { name: 'replaces what it read', script: 'aws s3api put-object --bucket b --key k --body f --if-match "$ETAG"' },
    { name: 'may be given a condition', script: 'aws s3api put-object --bucket b --key k --body f "${CONDITION[@]}"' },
    { name: 'sends one where there is a version', script: 'aws s3api put-object --bucket b --key k --body f ${ETAG:+--if-match "$ETAG"}' },
    { name: 'is described in a file', script: 'aws s3api put-object --cli-input-json file://put.json' },
    { name: 'makes a folder', script: 'aws s3api put-object --bucket b --key incoming/' },
    { name: 'has a key of its own', script: 'aws s3api put-object --bucket b --key "runs/$(uuidgen).json" --body f' },
    { name: 'has a key for each commit', script: 'REV=$(git rev-parse HEAD)\nKEY="src/$REV.tgz"\naws s3api put-object --bucket b --key "$KEY" --body f' },
    { name: 'has a part of the commit in its key', script: 'aws s3api put-object --bucket b --key "$(echo $GITHUB_SHA | cut -c1-8).json" --body f' },
    { name: 'is of another operation', script: 'aws s3api put-object-tagging --bucket b --key k --tagging x' },
  ])('is none where it $name', async ({ script }) => {
    expect(await shown({ 'x.sh': script })).toEqual([]);
  });

  it('is none of a test, which fills the bucket that it made', async () => {
    expect(await shown({ 'tests/integration/verify.sh': put })).toEqual([]);
  });

  const versioning = (bucket: string, configuration = 'Status=Enabled'): string => `aws s3api put-bucket-versioning --bucket ${bucket} --versioning-configuration ${configuration}`;

  it.each<{ name: string; script: string }>([
    { name: 'before it', script: `${versioning('b')}\n${put}` },
    { name: 'where it makes the bucket', script: `if ! aws s3api head-bucket --bucket b; then\n  aws s3api create-bucket --bucket b\n  ${versioning('b')}\nfi\nexport ANSWER=$(${put})` },
    { name: 'by the name that it has for it', script: `export B="code-$(aws sts get-caller-identity --query Account)"\n${versioning('$B')}\naws s3api put-object --bucket "$B" --key k --body f` },
    { name: 'by the name that it is given', script: `${versioning('$BUCKET')}\naws s3api put-object --bucket "\${BUCKET}" --key k --body f` },
    { name: 'in JSON', script: `${versioning('b', `'{ "Status": "Enabled" }'`)}\n${put}` },
    { name: 'among other settings', script: `${versioning('b', 'MFADelete=Disabled,Status=Enabled')}\n${put}` },
  ])('loses nothing in a bucket that the script makes versioned $name', async ({ script }) => {
    expect(await shown({ 'x.sh': script })).toEqual([]);
  });

  it.each<{ name: string; script: string }>([
    { name: 'another bucket is versioned', script: `${versioning('a')}\n${put}` },
    { name: 'versioning is suspended', script: `${versioning('b', 'Status=Suspended')}\n${put}` },
    { name: 'versioning is suspended again', script: `${versioning('b')}\n${put}\n${versioning('b', 'Status=Suspended')}` },
    { name: 'whether versioning is enabled is set elsewhere', script: `${versioning('b', 'Status=$STATUS')}\n${put}` },
    { name: 'a store on the machine is versioned', script: `${versioning('b')} --endpoint-url http://localhost:4566\n${put}` },
    { name: 'the versioning is only asked for', script: `aws s3api get-bucket-versioning --bucket b --query 'Status=Enabled'\n${put}` },
    { name: 'the versioning is only spoken of', script: `echo ${versioning('b')}\n${put}` },
  ])('is reported where $name', async ({ script }) => {
    expect(await shown({ 'x.sh': script })).toEqual([`unconditionalPut x.sh: ${put}`]);
  });

  it('is reported where another script makes the bucket versioned, which may not have been run', async () => {
    expect(await shown({ 'setup.sh': versioning('b'), 'x.sh': put })).toEqual([`unconditionalPut x.sh: ${put}`]);
  });

  it('tells uploads that can meet in a versioned bucket all the same: the older one is what is served', async () => {
    expect(await shown({ [path]: workflow(`${versioning('site')}\n${sync}`) })).toEqual([`uploadWithoutConcurrency ${path}: ${sync}`]);
  });
});

describe('bad input', () => {
  it('is one warning with its line and what follows, and the other files are read', async () => {
    const { findings, warnings } = await read({ [path]: `on: push\njobs: [\na: ${sync}\n`, '.github/workflows/other.yml': workflow(sync) });
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatchObject({ file: path, line: 3 });
    expect(warnings[0]?.message).toMatch(/^This is no valid YAML \(.+\), so its writes to S3 are not checked\.$/);
    expect(findings.map(({ at }) => at.file)).toEqual(['.github/workflows/other.yml']);
  });

  it.each<{ name: string; files: Files }>([
    { name: 'quotes that do not end', files: { 'x.sh': 'aws s3 cp "a s3://b/k\n$(( ${ `', [path]: workflow('aws s3 sync "dist s3://b $(') } },
    { name: 'a workflow that is a list', files: { [path]: '- aws s3 sync a s3://b\n' } },
    { name: 'jobs of the wrong kind', files: { [path]: 'on: 1\njobs:\n  a: aws s3 sync a s3://b\n  b: [1]\n  c: { steps: { run: 1 } }\n  d: { steps: [null, 1, { run: [1] }] }\n' } },
    { name: 'an alias without an anchor', files: { [path]: 'on: push\njobs:\n  a: *x # aws s3 sync a s3://b\n' } },
    { name: 'an empty file', files: { [path]: '', '.gitlab-ci.yml': '', 'package.json': '"scripts" aws s3 x', 'x.sh': 'aws s3 x' } },
    { name: 'a template that extends itself', files: { '.gitlab-ci.yml': 'a:\n  extends: a\n  script: [aws s3 sync a s3://b]\nb:\n  script: [!reference [b, script], "aws s3 "]\n' } },
    { name: 'variables that speak of themselves', files: { '.gitlab-ci.yml': 'variables: { A: $B, B: $A }\na:\n  script: [aws s3 sync a s3://b/$A]\n', 'x.sh': 'A=$B; B=$A\naws s3api put-object --bucket b --key k/$A --if-match x' } },
    { name: 'shells in shells in shells', files: { 'x.sh': `${'$('.repeat(2000)}aws s3 cp a s3://b` } },
  ])('throws nothing for $name', async ({ files }) => {
    expect((await read(files)).findings).toEqual([]);
  });
});

describe('the gate', () => {
  it.each(['.github/workflows/a.yaml', '.github/actions/x/action.yml', '.gitlab-ci.yml', '.gitlab/ci/a.yml', 'ci/web.gitlab-ci.yml', 'package.json', 'web/package.json', 'a.sh', 'x/b.bash', 'scripts/deploy'])('may read %s', (file) => {
    expect(pipelines.mayRead(file)).toBe(true);
  });

  it.each(['node_modules/a/package.json', 'web/node_modules/a/x.sh', 'docs/a.yml', 'src/a.ts', 'a/.github/workflows/a.yml', '.github/dependabot.yml', 'scripts/deploy.ts'])('leaves %s', (file) => {
    expect(pipelines.mayRead(file)).toBe(false);
  });

  it('wants scripts that come to S3, or to other scripts', () => {
    expect(pipelines.wants({ path: 'a.sh', text: 'aws \\\n  s3 cp a s3://b' })).toBe(true);
    expect(pipelines.wants({ path: 'a.sh', text: './b.sh' })).toBe(true);
    expect(pipelines.wants({ path: 'a.sh', text: 'ls' })).toBe(false);
    expect(pipelines.wants({ path: 'scripts/x', text: '#!/usr/bin/env python\n"aws s3 cp"' })).toBe(false);
    expect(pipelines.wants({ path: 'a/action.yml', text: 'runs:\n  using: node20' })).toBe(false);
    expect(pipelines.wants({ path: 'package.json', text: '{}' })).toBe(false);
  });
});
