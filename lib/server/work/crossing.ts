import "server-only";
import type { InvalidParam, ProblemCode } from "@/lib/contracts/problem";
import { PolicyError } from "@/lib/domain/plateau/policy-error";
import type { LibraryRefusal } from "@/lib/domain/plateau/policy-error";
import { ScheduleError } from "@/lib/domain/schedules/schedule-error";
import { ServiceError } from "../errors";
import { WorkLimitError } from "./work-limit-error";

/**
 * An error as plain data: the copy that a worker's message makes of an error loses its class and its fields, and Next
 * bundles each class several times over, so that one bundle does not know another one's.
 */
export type Failure =
  | { kind: "limit"; code: ProblemCode; message: string }
  | { kind: "service"; code: ProblemCode; message: string; invalidParams: InvalidParam[] | undefined }
  | { kind: "schedule"; path: string; message: string }
  | { kind: "policy"; path: string; message: string; raises: LibraryRefusal | undefined }
  | { kind: "other"; name: string; message: string; stack: string | undefined };

export function toFailure(error: unknown): Failure {
  if (error instanceof WorkLimitError) {
    return { kind: "limit", code: error.code, message: error.message };
  }
  if (error instanceof ServiceError) {
    const { code, message, invalidParams } = error;
    return { kind: "service", code, message, invalidParams };
  }
  if (error instanceof ScheduleError) return { kind: "schedule", path: error.path, message: error.message };
  if (error instanceof PolicyError) {
    const { path, message, raises } = error;
    return { kind: "policy", path, message, raises };
  }
  if (!(error instanceof Error))
    return { kind: "other", name: "Error", message: String(error), stack: undefined };
  const code = "code" in error && typeof error.code === "string" ? `${error.code} ` : "";
  return { kind: "other", name: error.name, message: `${code}${error.message}`, stack: error.stack };
}

/** What a job came to. */
export type Outcome = { ok: true; value: unknown } | { ok: false; failure: Failure };

export function valueOf(outcome: Outcome): unknown {
  if (outcome.ok) return outcome.value;
  throw toError(outcome.failure);
}

/** The error that it was, of the class that this bundle knows. */
export function toError(failure: Failure): Error {
  switch (failure.kind) {
    case "limit":
      return new WorkLimitError(failure.code, failure.message);
    case "service":
      return new ServiceError(failure.code, failure.message, failure.invalidParams);
    case "schedule":
      return new ScheduleError(failure.path, failure.message);
    case "policy":
      return new PolicyError(failure.path, failure.message, failure.raises);
    case "other": {
      const error = new Error(failure.message);
      error.name = failure.name;
      error.stack = failure.stack ?? error.stack;
      return error;
    }
  }
}
