/** The exception that the library's constructor would have raised for the same arguments. */
export interface LibraryRefusal {
  at: "construct";
  /** The Python exception's class name. */
  type: string;
  message: string;
}

/** A plateau policy that cannot be used. `path` names the offending field, e.g. `config.factor`. */
export class PolicyError extends Error {
  override readonly name = "PolicyError";

  constructor(
    readonly path: string,
    message: string,
    /** Set when the library itself refuses the value; absent when only we do (unknown name, wrong type). */
    readonly raises?: LibraryRefusal,
  ) {
    super(message);
  }
}

/** The library raises a ValueError with `message`; `hint` adds what would have been accepted. */
export function refusedByLibrary(path: string, message: string, hint = ""): PolicyError {
  return new PolicyError(path, `${message}${hint}`, { at: "construct", type: "ValueError", message });
}
