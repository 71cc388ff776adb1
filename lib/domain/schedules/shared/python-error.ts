/**
 * An exception that the Python library would raise at this point. Evaluators report it as `raises`; the bare step
 * functions (`timmLr` and its siblings) let it through.
 */
export class PythonError extends Error {
  constructor(
    /** The Python exception's class name, such as `ZeroDivisionError`. */
    readonly type: string,
    message: string,
  ) {
    super(message);
    this.name = "PythonError";
  }
}

/** Python's `assert`. */
export function pythonAssert(holds: boolean, message = ""): void {
  if (!holds) throw new PythonError("AssertionError", message);
}
