import type { Problem } from "@/lib/contracts/problem";

/** Every failed request ends as this: the server's problem document, or one that stands for "no answer". */
export class ProblemError extends Error {
  override readonly name = "ProblemError";

  constructor(readonly problem: Problem) {
    super(problem.detail || problem.title);
  }
}

/** What a failed response says; a body that is not a problem document (a proxy's page) becomes a plain sentence. */
export async function problemOf(response: Response): Promise<ProblemError> {
  const told: unknown = await response.json().catch(() => null);
  if (isProblem(told)) return new ProblemError(told);
  return new ProblemError({
    type: "about:blank",
    title: response.statusText || "Request failed",
    status: response.status,
    code: response.status >= 500 ? "unavailable" : "bad_request",
    detail: `The server answered ${response.status} without saying why.`,
    request_id: response.headers.get("x-request-id") ?? "",
  });
}

/** By what a person is told of it; the rest is as the server wrote it. */
function isProblem(told: unknown): told is Problem {
  if (typeof told !== "object" || told === null) return false;
  const fields = ["type", "title", "code", "detail", "request_id"];
  const texts = new Map<string, unknown>(Object.entries(told));
  return fields.every((field) => typeof texts.get(field) === "string");
}

/** The request never got an answer. */
export function unreachable(): ProblemError {
  return new ProblemError({
    type: "about:blank",
    title: "Server not reached",
    status: 0,
    code: "unavailable",
    detail: "The server did not answer. Check that it is running, then try again.",
    request_id: "",
  });
}

/** One sentence for a person, whatever was thrown. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof ProblemError)) return error instanceof Error ? error.message : String(error);
  const first = error.problem.invalid_params?.[0];
  return first ? `${error.message} (${first.name}: ${first.reason})` : error.message;
}
