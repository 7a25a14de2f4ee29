/** What keeps s3lint from its work: the tool or its use failed. */
export class Obstacle extends Error {
  /** @param message what is wrong, and the remedy */
  constructor(message: string) {
    super(message);
    this.name = 'Obstacle';
  }
}
