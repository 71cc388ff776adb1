/** A text that is no query: where, counted in characters from 0, and why, in a sentence. */
export class QueryError extends Error {
  override readonly name = "QueryError";

  constructor(
    readonly position: number,
    message: string,
  ) {
    super(message);
  }
}
