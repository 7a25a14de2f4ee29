import { setTimeout as pause } from 'node:timers/promises';
import { S3ServiceException } from '@aws-sdk/client-s3';

/** How often a write is tried before its caller hears that the object is busy. */
export const maxAttempts = 5;

/** 412: the object is there already, or it is not the one that was read any more. */
export function isPreconditionFailed(error: unknown): boolean {
  return error instanceof S3ServiceException && error.name === 'PreconditionFailed';
}

/** 409: another write of the same object was under way. */
export function isConditionalRequestConflict(error: unknown): boolean {
  return error instanceof S3ServiceException && error.name === 'ConditionalRequestConflict';
}

/** Either of the two. After both, an update reads again. */
export function isConflict(error: unknown): boolean {
  return isPreconditionFailed(error) || isConditionalRequestConflict(error);
}

/** Waits longer after each attempt, and never quite as long as the next writer. */
export async function backoff(attempt: number): Promise<void> {
  await pause(Math.random() * 100 * 2 ** attempt);
}

export class ObjectBusyError extends Error {
  override readonly name = 'ObjectBusyError';

  constructor(key: string) {
    super(`${key} is being changed by many at once. Please try again.`);
  }
}
