/**
 * Spellings of the two conditional headers.
 *
 * The SDK sends a condition only under its exact property name and drops every other one without an error, so a
 * misspelt name is a blind write: its author meant a condition, and another rule than the verdict's tells them.
 */

const anySpelling = /^(?:x-amz-)?if-?(?:none?-?)?match$/i;

/**
 * @param property the name of an input property or header
 * @returns whether its author meant `If-Match` or `If-None-Match`, in whatever spelling
 */
export const meansCondition = (property: string): boolean => anySpelling.test(property);

/**
 * @param text source text
 * @returns whether it speaks of `If-Match` or `If-None-Match`, as client middleware does that sets the header itself
 */
export const speaksOfCondition = (text: string): boolean => /if[-_]?(?:none[-_]?)?match/i.test(text);

/** Conditions that are an ETag, of the object itself or of the source of a copy or rename. */
export const eTagConditions: readonly string[] = ['IfMatch', 'IfNoneMatch', 'CopySourceIfMatch', 'CopySourceIfNoneMatch', 'SourceIfMatch', 'DestinationIfMatch', 'DestinationIfNoneMatch'];
