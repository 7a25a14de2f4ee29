import type { FileResult, Message } from '../report/report.js';

/** The sums that ESLint keeps beside the messages of a file. */
export function resultOf(filePath: string, messages: readonly Message[], suppressedMessages: FileResult['suppressedMessages']): FileResult {
  const count = (severity: 1 | 2, also: (message: Message) => boolean = () => true): number => messages.filter((message) => message.severity === severity && also(message)).length;
  return {
    filePath,
    messages,
    suppressedMessages,
    errorCount: count(2),
    fatalErrorCount: count(2, ({ fatal }) => fatal === true),
    warningCount: count(1),
    fixableErrorCount: count(2, ({ fix }) => fix !== undefined),
    fixableWarningCount: count(1, ({ fix }) => fix !== undefined),
    usedDeprecatedRules: [],
  };
}
