/** The inputs and variables that a step gives an action; '' where it gives none. */
export interface ActionInputs {
  readonly input: (name: string) => string;
  readonly variable: (name: string) => string;
}

/** Actions that upload to S3, each as the command that it runs. */
const actions: Readonly<Record<string, (given: ActionInputs) => string>> = {
  // https://github.com/jakejarvis/s3-sync-action
  'jakejarvis/s3-sync-action': ({ input, variable }) => `aws s3 sync ${variable('SOURCE_DIR') || '.'} "s3://${variable('AWS_S3_BUCKET')}/${variable('DEST_DIR')}" ${input('args')}`,
  // https://github.com/keithweaver/aws-s3-github-action
  'keithweaver/aws-s3-github-action': ({ input }) => `aws s3 ${input('command')} "${input('source')}" "${input('destination')}" ${input('flags')}`,
  // https://github.com/prewk/s3-cp-action
  'prewk/s3-cp-action': ({ input }) => `aws s3 cp "${input('source')}" "${input('dest')}" ${input('flags')}`,
};

/**
 * @param uses what a step uses: `owner/name@ref`
 * @param given what the step gives it
 * @returns the command that the action runs; null for an action that is not known to upload
 */
export function commandOfAction(uses: string, given: ActionInputs): string | null {
  const name = uses.split('@')[0]?.toLowerCase() ?? '';
  const command = Object.entries(actions).find(([action]) => action === name)?.[1];
  return command ? command(given) : null;
}

/**
 * @param text the text of a workflow
 * @returns whether it may use one of them
 */
export const mentionsUploadAction = (text: string): boolean => Object.keys(actions).some((action) => text.toLowerCase().includes(action));
