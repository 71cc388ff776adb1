import "server-only";
import type { InvalidParam, ProblemCode } from "@/lib/contracts/problem";

/** What a service throws. Only lib/server/http knows which HTTP status a code becomes. */
export class ServiceError extends Error {
  override readonly name = "ServiceError";

  constructor(
    readonly code: ProblemCode,
    message: string,
    readonly invalidParams?: InvalidParam[],
  ) {
    super(message);
  }
}

export const notFound = (what: string) => new ServiceError("not_found", `${what} does not exist`);

export const conflict = (message: string) => new ServiceError("conflict", message);

/** One wrong field, named by its path. */
export const invalid = (name: string, reason: string) =>
  new ServiceError("invalid_parameters", `${name}: ${reason}`, [{ name, reason }]);
