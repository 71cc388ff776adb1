/**
 * A schedule that cannot be evaluated as declared: unknown constructor or argument, wrong type, missing argument.
 * `path` is a field path for the client, such as `schedule.kwargs.gama`.
 */
export class ScheduleError extends Error {
  constructor(
    readonly path: string,
    message: string,
  ) {
    super(message);
    this.name = "ScheduleError";
  }
}
