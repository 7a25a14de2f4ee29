import { setImmediate as turn } from 'node:timers/promises';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Does work that no signal cuts in two. One that arrives meanwhile ends the process behind it, as it would have before.
 *
 * @param work short, as the user waits for it: the writing of one file
 * @throws what `work` throws
 */
export async function uninterrupted(work: () => void): Promise<void> {
  const received: NodeJS.Signals[] = [];
  const hold = (signal: NodeJS.Signals): void => {
    received.push(signal);
  };
  for (const signal of signals) process.on(signal, hold);
  try {
    work();
  } finally {
    // Node.js tells of a signal when it next looks for events, and this may have begun behind that in its present turn.
    await turn();
    await turn();
    for (const signal of signals) process.off(signal, hold);
    for (const signal of received) process.kill(process.pid, signal);
  }
}
