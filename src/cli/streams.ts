/** Where s3lint writes to. */
export interface Streams {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  /** Whether standard error is a terminal that somebody looks at. */
  readonly isWatched: boolean;
}
