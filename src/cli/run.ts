import { Obstacle } from '../check/obstacle.js';
import { tool } from '../check/tool.js';
import { parseArguments } from './arguments.js';
import { help } from './help.js';
import type { Streams } from './streams.js';
import { WriteError } from './write-file.js';

/**
 * Runs s3lint. Each command is loaded when it is asked for: a check takes half a second to load.
 *
 * @param argv the arguments behind the name of the program
 * @param streams where to write
 * @returns the exit code: 0 where there is nothing to fail on, 1 for findings, 2 where the tool or its use failed
 */
export async function run(argv: readonly string[], streams: Streams): Promise<0 | 1 | 2> {
  const command = parseArguments(argv);
  try {
    switch (command.kind) {
      case 'misuse':
        streams.error(`${command.message}\n`);
        return 2;
      case 'help':
        streams.out(help(command.of));
        return 0;
      case 'version':
        streams.out(`${tool.version}\n`);
        return 0;
      case 'explain':
        return (await import('./run-explain.js')).runExplain(command.subject, streams);
      case 'facts':
        return await (await import('./run-facts.js')).runFacts(command, streams);
      case 'check':
        return await (await import('./run-check.js')).runCheck(command, streams);
    }
  } catch (error) {
    if (!(error instanceof Obstacle) && !(error instanceof WriteError)) throw error;
    streams.error(`${error.message}\n`);
    return 2;
  }
}
